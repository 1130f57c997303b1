/** @file The epochs of experiments as lines over each other. */
import type {
  ExperimentEpoch,
  ExperimentWithCurves,
} from '../../../../shared/contract/experiments.ts'
import type { ChartLine } from '../../charts/plot-line.ts'
import { type ChartData, type Curve, together } from '../../train/curves.ts'
import { titleOf } from '../words.ts'

/** What is drawn over the epochs: the losses, or a share of validation. */
export type CurveValue = 'loss' | 'meanIou' | 'meanDice' | 'pixelAccuracy'

export interface DrawnExperiment {
  experiment: ExperimentWithCurves
  /** Name of a colour of tokens.css. */
  colour: string
}

interface Line {
  line: ChartLine
  curve: Curve
}

type Run = ExperimentWithCurves['runs'][number]
type EpochValue = 'trainLoss' | 'validationLoss' | 'meanIou' | 'meanDice' | 'pixelAccuracy'

const opacityOfOtherSeeds = 0.35
const dotOfBest = 9

const epochsOf = ({ stages }: Run): ExperimentEpoch[] => stages.flatMap(({ curve }) => curve)

function curveOf(epochs: readonly ExperimentEpoch[], value: EpochValue): Curve {
  const points = epochs.flatMap((epoch) => {
    const y = epoch[value]
    return y === null ? [] : [{ x: epoch.at, y }]
  })
  return { xs: points.map(({ x }) => x), ys: points.map(({ y }) => y) }
}

/** The run of the best epoch, or the first. */
const mainRun = ({ runs, best }: ExperimentWithCurves): Run | undefined =>
  runs.find(({ seed }) => seed === best?.seed) ?? runs[0]

/** The best epoch as a dot, training dashed, validation solid; other seeds faint behind. */
function linesOf(
  { experiment, colour }: DrawnExperiment,
  value: CurveValue,
  isAlone: boolean,
): Line[] {
  const main = mainRun(experiment)
  if (!main) return []
  const shown: EpochValue = value === 'loss' ? 'validationLoss' : value
  const epochs = epochsOf(main)
  const others = experiment.runs.filter((run) => run !== main && run.epochsDone > 0)
  const best = epochs.filter(({ at }) => at === main.best?.at)
  const name = isAlone ? 'Validation' : titleOf(experiment)
  const training: Line = {
    line: { colour, width: 1.5, dash: [5, 4], opacity: 0.8, ...(isAlone && { name: 'Training' }) },
    curve: curveOf(epochs, 'trainLoss'),
  }
  return [
    ...others.map((run): Line => {
      const line = { colour, width: 1, opacity: opacityOfOtherSeeds }
      return { line, curve: curveOf(epochsOf(run), shown) }
    }),
    ...(value === 'loss' ? [training] : []),
    {
      line: { colour, width: 0, dots: dotOfBest, ...(isAlone && { name: 'Best epoch' }) },
      curve: curveOf(best, shown),
    },
    { line: { colour, width: 2, dots: 4, name }, curve: curveOf(epochs, shown) },
  ]
}

/** The lines of a chart, the last experiment in the foreground. */
export function experimentChart(
  drawn: readonly DrawnExperiment[],
  value: CurveValue,
): { lines: ChartLine[]; data: ChartData; lastEpoch: number } {
  const all = drawn.flatMap((one) => linesOf(one, value, drawn.length === 1))
  const data = together(all.map(({ curve }) => curve))
  return { lines: all.map(({ line }) => line), data, lastEpoch: Math.max(2, data.xs.at(-1) ?? 2) }
}
