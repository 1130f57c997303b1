import { useAction } from '../../keys/use-action.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { sentence } from '../../ui/Prose.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { useLabel, usePaintSettings } from './label-context.ts'
import type { ProposalState } from './use-views.ts'

function Cut() {
  const { settings } = useLabel()
  const { proposer, networkCut, differenceCut } = usePaintSettings()
  if (proposer === 'network')
    return (
      <Slider
        label="At least this sure"
        value={networkCut}
        {...{ min: 5, max: 95, step: 5, unit: ' %' }}
        onChange={(value) => settings.change({ networkCut: value })}
      />
    )
  return (
    <Slider
      label="Differs by at least"
      value={differenceCut}
      {...{ min: 5, max: 150, step: 5 }}
      onChange={(value) => settings.change({ differenceCut: value })}
    />
  )
}

/** What the network, or the difference to the empty place, would paint here. */
export function ProposalPanel({ proposal }: { proposal: ProposalState }) {
  const { settings, painter, project, canWrite } = useLabel()
  const { proposer } = usePaintSettings()
  useAction('label.predict', proposal.look)
  const texts = {
    none: '',
    looking: proposer === 'network' ? `${project.state.model.name} is looking…` : 'Comparing…',
    there: 'Striped parts are proposed. Accept them by a click (T), or all of them:',
    failed: proposal.error ? sentence(proposal.error.message) : '',
  }
  return (
    <Panel title="Proposal">
      <Segmented
        label="Who proposes"
        value={proposer}
        options={[
          { value: 'none', text: 'Nobody' },
          { value: 'network', text: 'Network' },
          { value: 'difference', text: 'Background' },
        ]}
        onChange={(next) => settings.change({ proposer: next })}
      />
      {proposer !== 'none' && <Cut />}
      {proposer !== 'none' && (
        <p className="tool-hint" role="status">
          {texts[proposal.state]}
        </p>
      )}
      {proposal.state === 'there' && canWrite && (
        <Button onClick={() => painter.acceptAll()}>Accept all</Button>
      )}
    </Panel>
  )
}
