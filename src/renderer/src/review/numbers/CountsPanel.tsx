import type { SideProps } from '../ReviewSide.tsx'
import './numbers.css'
import { PeriodsTable } from './PeriodsTable.tsx'
import { RulePanel } from './RulePanel.tsx'
import { TruthPanel } from './TruthPanel.tsx'

/** The numbers of the chosen region: its rule, how sure they are, and how they spread over time. */
export function CountsPanel({ answered }: SideProps) {
  return (
    <div className="counts-panel">
      <TruthPanel answered={answered} />
      <RulePanel />
      <PeriodsTable />
    </div>
  )
}
