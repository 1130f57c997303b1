import { useState } from 'react'
import type {
  Confusion,
  Dataset,
  MaskSide,
  PredictionSide,
} from '../../../../shared/contract/datasets.ts'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'
import { SelectField } from '../../ui/inputs.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import type { ShownList } from '../browse/PicturesPage.tsx'
import { Problems } from '../import/Problems.tsx'
import { useCall } from '../use-call.ts'
import { useSet } from '../use-sets.ts'
import { Worked } from '../Working.tsx'
import { ConfusionTable, type MatrixForm } from './ConfusionTable.tsx'
import './ComparePage.css'

const sideKey = (side: PredictionSide): string =>
  side === 'network' ? side : `${side.set} ${side.masks}`

function sidesOf(sets: readonly Dataset[]): { side: MaskSide; text: string }[] {
  return sets.flatMap(({ id, name }) => [
    { side: { set: id, masks: 'now' } as const, text: `${name}, as it is now` },
    { side: { set: id, masks: 'imported' } as const, text: `${name}, as imported` },
  ])
}

interface SideFieldProps<Side extends PredictionSide> {
  label: string
  hint: string
  sides: readonly { side: Side; text: string }[]
  side: Side
  onChange: (side: Side) => void
}

function SideField<Side extends PredictionSide>(props: SideFieldProps<Side>) {
  const { label, hint, sides, side, onChange } = props
  return (
    <SelectField
      {...{ label, hint }}
      value={sideKey(side)}
      options={sides.map(({ side: each, text }) => ({ value: sideKey(each), text }))}
      onChange={(key) => {
        const chosen = sides.find((each) => sideKey(each.side) === key)
        if (chosen) onChange(chosen.side)
      }}
    />
  )
}

const forms = [
  { value: 'counts', text: 'Pixels' },
  { value: 'byTruth', text: 'Share of truth' },
  { value: 'byPrediction', text: 'Share of prediction' },
] as const satisfies readonly { value: MatrixForm; text: string }[]

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 })
const shareText = (share: number | null): string => (share === null ? '–' : percent.format(share))

function Scores({ confusion }: { confusion: Confusion }) {
  const { images, pixelAccuracy, meanIou } = confusion
  return (
    <p role="status">
      <b>{images.toLocaleString('en')}</b> masks compared. Pixels that agree:{' '}
      <b>{shareText(pixelAccuracy)}</b>. Mean overlap of the classes (IoU):{' '}
      <b>{shareText(meanIou)}</b>.
    </p>
  )
}

interface ComparePageProps {
  sets: readonly Dataset[]
  onShow: (list: ShownList) => void
}

/** Masks against masks: what classes are taken for what, and the pictures behind it. */
export function ComparePage({ sets, onShow }: ComparePageProps) {
  const { client, handle, state } = useProject()
  const toasts = useToasts()
  const { id } = useSet()
  const [truth, setTruth] = useState<MaskSide>({ set: id, masks: 'imported' })
  const [prediction, setPrediction] = useState<PredictionSide>({ set: id, masks: 'now' })
  const [form, setForm] = useState<MatrixForm>('counts')
  const sides = { project: handle, truth, prediction }
  const key = JSON.stringify([sides, state.model.id, sets.map(({ painted }) => painted)])
  const call = useCall(key, (work) => client.call('datasets.confusion', sides, work))
  const confusion = call.value
  const masks = sidesOf(sets)
  const network = { side: 'network', text: `The network ${state.model.name}` } as const
  const nameOf = (index: number): string =>
    state.classes.find((each) => each.index === index)?.name ?? `value ${index}`
  const showCell = async (cell: [number, number]): Promise<void> => {
    try {
      const found = await client.call('datasets.confused', { ...sides, cell })
      const [from, to] = cell.map(nameOf)
      const title = from === to ? `${from} found` : `${from} taken for ${to}`
      onShow({ title, positions: found.map(({ position }) => position) })
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <div className="numbers-page">
      <div className="compare-sides">
        <SideField
          {...{ sides: masks, side: truth, onChange: setTruth }}
          label="Truth"
          hint="What is right; its pictures are shown."
        />
        <SideField
          {...{ sides: [...masks, network], side: prediction, onChange: setPrediction }}
          label="Prediction"
          hint="Masks of another set belong to pictures of the same name."
        />
      </div>
      <Worked
        call={call}
        text={prediction === 'network' ? 'The network looks at the pictures…' : 'Comparing masks…'}
      />
      {confusion && (
        <>
          <Scores confusion={confusion} />
          <Segmented label="The table shows" value={form} options={forms} onChange={setForm} />
          <ConfusionTable
            {...{ confusion, form, nameOf }}
            canShow={truth.set === id}
            onCell={(cell) => void showCell(cell)}
          />
          {confusion.leftCount > 0 && (
            <Problems problems={confusion.left} total={confusion.leftCount} />
          )}
        </>
      )}
    </div>
  )
}
