import type { DatasetImage } from '../../../../shared/contract/datasets.ts'
import { ignoreIndex } from '../../../../shared/mask.ts'
import { oddText } from '../../../../shared/oddities.ts'
import { useProject } from '../../state/project-context.tsx'
import { Panel } from '../../ui/Panel.tsx'

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** Size, part, scene, and what the mask held when the picture was opened. */
export function AboutPicture({ image }: { image: DatasetImage }) {
  const { classes } = useProject().state
  const { width, height, split, scene, annotated, odd } = image
  const nameOf = (index: number): string =>
    index === ignoreIndex
      ? 'ignore'
      : (classes.find((each) => each.index === index)?.name ?? `value ${index}`)
  const facts: (readonly [string, string])[] = [
    ['Size', `${width} × ${height}`],
    ...(split === null ? [] : [['Part', split] as const]),
    ...(scene === null ? [] : [['Scene', scene] as const]),
    ...(annotated ? [] : [['Annotated', 'not yet'] as const]),
    ...image.classes.map(
      ({ index, pixels }) => [nameOf(index), percent.format(pixels / (width * height))] as const,
    ),
  ]
  return (
    <Panel title="When it was opened">
      <dl className="desk-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {odd.length > 0 && (
        <p className="dataset-warning">{odd.map((why) => oddText[why]).join('; ')}</p>
      )}
    </Panel>
  )
}
