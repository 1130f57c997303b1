import { useMemo, useState } from 'react'
import { Chart } from '../../charts/Chart.tsx'
import { figure } from '../../train/curves.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { useExperimentsDesk } from '../experiments-context.ts'
import { bestSentence, shareText, titleOf } from '../words.ts'
import { type CurveValue, type DrawnExperiment, experimentChart } from './curve-lines.ts'
import './CurvesCard.css'

type Share = Exclude<CurveValue, 'loss'>

const shares = [
  { value: 'meanIou', text: 'Mean IoU' },
  { value: 'meanDice', text: 'Mean Dice' },
  { value: 'pixelAccuracy', text: 'Pixels right' },
] as const satisfies readonly { value: Share; text: string }[]

interface CurveProps {
  drawn: readonly DrawnExperiment[]
  value: CurveValue
}

/** What a chart shows, for those who cannot see it. */
function spoken(drawn: readonly DrawnExperiment[], what: string): string {
  const each = drawn.map(({ experiment }) => `${titleOf(experiment)}: ${bestSentence(experiment)}`)
  return [`${what} of each epoch.`, ...each].join(' ')
}

function Curve({ drawn, value }: CurveProps) {
  const { lines, data, lastEpoch } = useMemo(() => experimentChart(drawn, value), [drawn, value])
  const isLoss = value === 'loss'
  const title = isLoss ? 'Loss' : (shares.find((share) => share.value === value)?.text ?? value)
  const last = drawn.length > 1 ? drawn.at(-1) : undefined
  const parts = [
    isLoss ? 'solid: validation, dashed: training' : 'of validation',
    ...(last ? [`value of #${last.experiment.id}`] : []),
  ]
  const about = parts.join('; ')
  return (
    <Chart
      {...{ title, about, lines, data }}
      label={spoken(drawn, isLoss ? 'Validation loss' : title)}
      xRange={[1, lastEpoch]}
      format={isLoss ? figure : shareText}
      unit="epoch"
      together="experiments"
    />
  )
}

/** Loss and overlap of every epoch, of all that are drawn. */
export function CurvesCard() {
  const { drawn: ids, curves, colourOf } = useExperimentsDesk()
  const [share, setShare] = useState<Share>('meanIou')
  // The list is a new one each time; these words are the same where it says the same.
  const key = ids.map((id) => `${id} ${colourOf(id)}`).join()
  const drawn = useMemo(
    () =>
      key.split(',').flatMap((word): DrawnExperiment[] => {
        const [id, colour] = word.split(' ')
        const experiment = curves.get(Number(id))
        return experiment && colour !== undefined ? [{ experiment, colour }] : []
      }),
    [key, curves],
  )
  const hasEpochs = drawn.some(({ experiment }) =>
    experiment.runs.some(({ epochsDone }) => epochsDone > 0),
  )
  return (
    <section className="experiments-card" aria-labelledby="experiment-curves">
      <header className="experiments-card-head">
        <h2 className="experiments-title" id="experiment-curves">
          Curves
        </h2>
        <Segmented label="Right chart" value={share} options={shares} onChange={setShare} />
      </header>
      {hasEpochs ? (
        <div className="experiment-curves">
          <Curve drawn={drawn} value="loss" />
          <Curve drawn={drawn} value={share} />
        </div>
      ) : (
        <p className="experiments-quiet">
          {drawn.length === 0
            ? 'Tick experiments in the table to draw their curves over each other.'
            : 'The first epoch is not done yet: each one becomes a point here.'}
        </p>
      )}
    </section>
  )
}
