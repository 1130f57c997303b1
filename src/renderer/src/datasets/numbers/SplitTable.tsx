import type { SplitResult } from '../../../../shared/contract/datasets.ts'
import { backgroundIndex } from '../../../../shared/mask.ts'
import { useProject } from '../../state/project-context.tsx'

const integer = new Intl.NumberFormat('en')

/** What the parts of a set came to, class by class. */
export function SplitTable({ parts }: { parts: SplitResult }) {
  const { state } = useProject()
  if (parts.length === 0)
    return <p className="dataset-quiet">The set is not split yet: all of it is one part.</p>
  const classes = state.classes.filter(({ index }) => index !== backgroundIndex)
  const imagesOf = (part: SplitResult[number], index: number): number =>
    part.classes.find((each) => each.index === index)?.images ?? 0
  return (
    <div className="dataset-scroll">
      <table className="dataset-table">
        <caption>Pictures of each part, and how many of them show each class</caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Pictures</th>
            {classes.map(({ index, name }) => (
              <th scope="col" key={index}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.name}>
              <th scope="row">{part.name}</th>
              <td>{integer.format(part.images)}</td>
              {classes.map(({ index }) => (
                <td key={index}>{integer.format(imagesOf(part, index))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
