import { useMemo } from 'react'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { Chart } from '../charts/Chart.tsx'
import type { ChartLine } from '../charts/plot-line.ts'
import { chartOf, figure, type PartLine, type StepValue, secondsText } from './curves.ts'
import { lastIteration, overlapLines, spokenOverlap } from './overlap-curves.ts'
import './Curves.css'

interface CurveText {
  title: string
  about: string
  format: (value: number) => string
}

const texts: Readonly<Record<StepValue, CurveText>> = {
  loss: {
    title: 'Loss',
    about: 'how far it is off while it learns: it should fall',
    format: figure,
  },
  learningRate: { title: 'Learning rate', about: 'how far each step goes', format: figure },
  seconds: {
    title: 'Step time',
    about: 'of one iteration',
    format: secondsText,
  },
}

const aboutBoth = 'should fall; overlap (IoU, right axis) should rise'

const tones: Readonly<Record<PartLine['tone'], Omit<ChartLine, 'name'>>> = {
  steps: { colour: 'accent', width: 1, opacity: 0.3 },
  before: { colour: 'control-line', width: 2 },
  now: { colour: 'accent', width: 2 },
  level: { colour: 'mark-suggested', width: 1, dash: [6, 5], axis: 'share' },
  'overlap-before': { colour: 'mark-suggested', width: 1.5, opacity: 0.4, dots: 5, axis: 'share' },
  overlap: { colour: 'mark-suggested', width: 2, dots: 6, axis: 'share' },
  selection: { colour: 'warning', width: 0, dots: 10, axis: 'share' },
}

function begin(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

type Trained = Pick<TrainingState, 'parts' | 'watched' | 'heldOut' | 'selection'>

interface CurveProps {
  training: Trained
  value: StepValue
  /** Whether it shows how well people are found as well, and its lines are named below it. */
  isMain?: boolean
}

/** What a curve of a part shows, for those who cannot see it. */
function curveLabel({ parts }: Trained, value: StepValue): string {
  const { title, format } = texts[value]
  const last = parts.findLast(({ steps }) => steps.length > 0)
  const ys = last?.steps.map((step) => step[value]) ?? []
  const [from, to] = [ys[0], ys.at(-1)]
  if (from === undefined || to === undefined) return `${title}: nothing yet`
  return `${title}, from ${format(from)} to ${format(to)} in ${ys.length} iterations`
}

function Curve({ training, value, isMain = false }: CurveProps) {
  const { parts } = training
  const { lines, data } = useMemo(
    () => chartOf(training.parts, value, isMain ? overlapLines(training) : []),
    [training, value, isMain],
  )
  const { title, about, format } = texts[value]
  const isOverlapShown = isMain && training.watched !== null
  return (
    <Chart
      {...{ title, data, format }}
      about={isOverlapShown ? aboutBoth : about}
      label={curveLabel(training, value) + (isMain ? spokenOverlap(training) : '')}
      lines={lines.map(({ title: name, tone }) =>
        isMain && tone !== 'steps' ? { ...tones[tone], name: begin(name) } : tones[tone],
      )}
      xRange={[1, lastIteration(parts)]}
      unit="iteration"
      together="training"
    />
  )
}

/** How a training goes: loss, overlap with the masks, learning rate and step time of every iteration. */
export function Curves({ training }: { training: Trained }) {
  return (
    <div className="train-curves">
      <Curve training={training} value="loss" isMain />
      <div className="train-curves-small">
        <Curve training={training} value="learningRate" />
        <Curve training={training} value="seconds" />
      </div>
    </div>
  )
}
