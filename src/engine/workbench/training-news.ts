/** @file Tells pages how a training goes. */
import type { TrainingStep } from '../../shared/contract/training.ts'
import type { Workbench } from '../../shared/contract.ts'
import type { EventHub } from '../../shared/rpc.ts'
import { beginLiveTraining, type LiveTraining } from '../jobs/live-training.ts'
import type { TrainListener } from '../jobs/train-project.ts'
import type { OpenProject } from './open-project.ts'

/** How long a step may wait until pages hear of it. */
const stepsEveryMs = 250

/** Gathers steps, and tells those of a part together. */
class StepGatherer {
  readonly #tell: (part: string, steps: TrainingStep[]) => void
  #part = ''
  #steps: TrainingStep[] = []
  #toldAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(tell: (part: string, steps: TrainingStep[]) => void) {
    this.#tell = tell
  }

  add(part: string, { iteration, loss, learningRate, seconds }: TrainingStep): void {
    if (part !== this.#part) this.flush()
    this.#part = part
    this.#steps.push({ iteration, loss, learningRate, seconds })
    const left = this.#toldAt + stepsEveryMs - performance.now()
    if (left <= 0) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), left)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const steps = this.#steps
    this.#steps = []
    if (steps.length === 0) return
    this.#toldAt = performance.now()
    this.#tell(this.#part, steps)
  }
}

export interface TrainingNews {
  listener: TrainListener
  /** The training has ended, however. */
  end(): void
}

export function trainingNews(
  { path, engine }: OpenProject,
  events: EventHub<Workbench>,
  previewSeconds?: number,
): TrainingNews {
  let live: LiveTraining | null = null
  const changed = (): void => events.emit('training.changed', { path })
  const steps = new StepGatherer((part, taken) => {
    if (live)
      events.emit('training.steps', { path, training: live.training.id, part, steps: taken })
  })
  /** What is stored is told after the steps that led to it. */
  const afterSteps = (): void => {
    steps.flush()
    changed()
  }
  const listener: TrainListener = {
    previewSeconds,
    onStart(training) {
      live = beginLiveTraining(engine.project, training)
      changed()
    },
    onForecast(forecast) {
      live?.tell(forecast)
      changed()
    },
    onStep: (part, step) => steps.add(part, step),
    onPreview(prediction) {
      live?.show(prediction)
      changed()
    },
    onStored: afterSteps,
  }
  return { listener, end: afterSteps }
}
