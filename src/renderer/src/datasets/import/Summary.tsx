import type { DatasetSummary } from '../../../../shared/contract/datasets.ts'
import { count } from '../../format.ts'
import { Problems } from './Problems.tsx'

const integer = new Intl.NumberFormat('en')

/** What a set would bring, class by class, and what of it cannot be taken. */
export function Summary({ summary }: { summary: DatasetSummary }) {
  const { title, images, masks, classes, problems, problemCount } = summary
  return (
    <section className="dataset-summary" aria-label="What is in it">
      <p role="status">
        <b>{title}</b>: {count(images, 'picture')}, {integer.format(masks)} of them annotated,{' '}
        {classes.length} {classes.length === 1 ? 'class' : 'classes'}.
      </p>
      <div className="dataset-scroll">
        <table className="dataset-table">
          <caption className="unseen">Classes</caption>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Pictures</th>
              <th scope="col">Pixels</th>
            </tr>
          </thead>
          <tbody>
            {classes.map(({ name, pixels, images: shown }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{integer.format(shown)}</td>
                <td>{integer.format(pixels)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Problems problems={problems} total={problemCount} />
    </section>
  )
}
