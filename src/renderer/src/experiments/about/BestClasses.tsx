import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import { shareText } from '../words.ts'

/** How well each class is found in the best epoch. */
export function BestClasses({ experiment }: { experiment: ExperimentSummary }) {
  const { best, classes } = experiment
  if (!best || classes.length === 0) return null
  return (
    <table className="experiments-table">
      <caption>Classes in the best epoch</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col" className="experiment-number">
            IoU
          </th>
          <th scope="col" className="experiment-number">
            Dice
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map((name, i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="experiment-number">{shareText(best.classIou[i] ?? null)}</td>
            <td className="experiment-number">{shareText(best.classDice[i] ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
