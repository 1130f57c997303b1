import { useMemo } from 'react'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { Chart, type ChartLine } from '../charts/Chart.tsx'
import { chartOf, figure, type PartLine, type StepValue, secondsText } from './curves.ts'
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

const tones: Readonly<Record<PartLine['tone'], Omit<ChartLine, 'name'>>> = {
  steps: { colour: 'accent', width: 1, opacity: 0.3 },
  before: { colour: 'control-line', width: 2 },
  now: { colour: 'accent', width: 2 },
}

function begin(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

interface CurveProps {
  parts: TrainingState['parts']
  value: StepValue
  /** Whether the lines are named below it. */
  isNamed?: boolean
}

function Curve({ parts, value, isNamed = false }: CurveProps) {
  const { lines, data } = useMemo(() => chartOf(parts, value), [parts, value])
  const { title, about, format } = texts[value]
  const last = parts.findLast(({ steps }) => steps.length > 0)
  const ys = last?.steps.map((step) => step[value]) ?? []
  const iterations = Math.max(2, ...parts.map((part) => part.iterations))
  const [from, to] = [ys[0], ys.at(-1)]
  const label =
    from === undefined || to === undefined
      ? `${title}: nothing yet`
      : `${title}, from ${format(from)} to ${format(to)} in ${ys.length} iterations`
  return (
    <Chart
      {...{ title, about, label, data, format }}
      lines={lines.map(({ title: name, tone }) =>
        isNamed && tone !== 'steps' ? { ...tones[tone], name: begin(name) } : tones[tone],
      )}
      xRange={[1, iterations]}
      unit="iteration"
      together="training"
    />
  )
}

/** How a training goes: loss, learning rate and step time of every iteration. */
export function Curves({ parts }: { parts: TrainingState['parts'] }) {
  return (
    <div className="train-curves">
      <Curve parts={parts} value="loss" isNamed />
      <div className="train-curves-small">
        <Curve parts={parts} value="learningRate" />
        <Curve parts={parts} value="seconds" />
      </div>
    </div>
  )
}
