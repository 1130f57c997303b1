import type { DatasetStats } from '../../../../shared/contract/datasets.ts'
import { backgroundIndex, type MaskClass } from '../../../../shared/mask.ts'
import { oddText } from '../../../../shared/oddities.ts'
import { type Bar, Bars } from '../../charts/Bars.tsx'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ShownList } from '../browse/PicturesPage.tsx'
import { useCall } from '../use-call.ts'
import { useSet } from '../use-sets.ts'
import { Worked } from '../Working.tsx'
import { SplitTable } from './SplitTable.tsx'
import './NumbersPage.css'

const integer = new Intl.NumberFormat('en')
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** Longer lists of sizes say little more. */
const mostSizes = 8

function classBars(
  { classes: amounts }: DatasetStats,
  classes: readonly MaskClass[],
  amountOf: (amount: DatasetStats['classes'][number]) => number,
): Bar[] {
  return classes.map(({ index, name, colour }) => {
    const amount = amounts.find((each) => each.index === index)
    return { name, colour, value: amount ? amountOf(amount) : 0 }
  })
}

function sizeBars({ sizes }: DatasetStats): Bar[] {
  const shown = sizes.slice(0, mostSizes)
  const rest = sizes.slice(mostSizes).reduce((sum, { images }) => sum + images, 0)
  const bars = shown.map(({ width, height, images }) => ({
    name: `${width} × ${height}`,
    value: images,
  }))
  return rest > 0 ? [...bars, { name: 'others', value: rest }] : bars
}

function Charts({ stats }: { stats: DatasetStats }) {
  const { state } = useProject()
  const things = state.classes.filter(({ index }) => index !== backgroundIndex)
  const total = stats.classes.reduce((sum, { pixels }) => sum + pixels, 0)
  const share = (pixels: number): string =>
    `${integer.format(pixels)} (${percent.format(total > 0 ? pixels / total : 0)})`
  const pictures = (value: number): string => integer.format(value)
  return (
    <div className="numbers-charts">
      <Bars
        title="Pixels of each class"
        about={
          stats.ignored > 0 ? `and ${integer.format(stats.ignored)} ignored` : 'without background'
        }
        bars={classBars(stats, things, ({ pixels }) => pixels)}
        format={share}
      />
      <Bars
        title="Pictures that show each class"
        bars={classBars(stats, things, ({ images }) => images)}
        format={pictures}
      />
      <Bars title="Sizes of pictures" about="in pixels" bars={sizeBars(stats)} format={pictures} />
      <Bars
        title="How much of a picture is covered"
        about="annotated pictures by what is not background"
        bars={stats.coverage.map((value, i) => ({ name: `${10 * i} to ${10 * i + 10} %`, value }))}
        format={pictures}
      />
    </div>
  )
}

/** What is worth a look, and what leads there. */
function Odd({ stats, onShow }: { stats: DatasetStats; onShow: (list: ShownList) => void }) {
  const { client, handle } = useProject()
  const { id: set } = useSet()
  const toasts = useToasts()
  const { odd, duplicates } = stats
  const showOdd = async (): Promise<void> => {
    try {
      const filter = { odd: true }
      const { positions } = await client.call('datasets.find', { project: handle, set, filter })
      onShow({ title: 'Worth a look', positions })
    } catch (error) {
      toasts.fail(error)
    }
  }
  const copies = duplicates.reduce((sum, same) => sum + same.length, 0)
  if (odd.length === 0 && copies === 0)
    return (
      <p className="dataset-quiet">Nothing looks odd, and no two pictures are the same file.</p>
    )
  return (
    <ul className="numbers-odd">
      {odd.map(({ why, images }) => (
        <li key={why}>
          <b>{integer.format(images)}</b> {oddText[why]}
        </li>
      ))}
      {odd.length > 0 && (
        <li>
          <Button onClick={() => void showOdd()}>Show these pictures</Button>
        </li>
      )}
      {copies > 0 && (
        <li>
          <b>{integer.format(copies)}</b> pictures are the same file as another one{' '}
          <Button onClick={() => onShow({ title: 'The same file', positions: duplicates.flat() })}>
            Show them
          </Button>
        </li>
      )}
    </ul>
  )
}

/** A set in numbers. */
export function NumbersPage({ onShow }: { onShow: (list: ShownList) => void }) {
  const { client, handle } = useProject()
  const { id, images, annotated, painted, splits } = useSet()
  const key = JSON.stringify([handle, id, annotated, painted, splits])
  const call = useCall(key, (work) =>
    client.call('datasets.stats', { project: handle, set: id }, work),
  )
  const stats = call.value
  return (
    <div className="numbers-page">
      <Worked call={call} text="Counting pixels…" />
      {stats && (
        <>
          <p role="status">
            <b>{integer.format(images)}</b> pictures, <b>{integer.format(stats.annotated)}</b> of
            them annotated.
          </p>
          <Charts stats={stats} />
          <section aria-labelledby="numbers-parts">
            <h2 id="numbers-parts">Parts</h2>
            <SplitTable parts={stats.splits} />
          </section>
          <section aria-labelledby="numbers-odd">
            <h2 id="numbers-odd">Worth a look</h2>
            <Odd stats={stats} onShow={onShow} />
          </section>
        </>
      )}
    </div>
  )
}
