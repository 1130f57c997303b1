import type { z } from 'zod'
import type {
  ExperimentSummary,
  ExperimentWithCurves,
  experimentEvents,
} from '../../../shared/contract/experiments.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { EngineClient } from '../state/engine-store.ts'
import type { ProjectStore } from '../state/project-store.ts'
import { Store } from '../state/store.ts'

export type ExperimentStep = z.infer<(typeof experimentEvents)['experiments.step']>

export interface ExperimentsView {
  /** The latest first; null until the first answer. */
  experiments: readonly ExperimentSummary[] | null
  /** Every epoch of those whose curves are wanted, by id; a moment later than the list. */
  curves: ReadonlyMap<number, ExperimentWithCurves>
  /** The last step that the running one has done; null where none runs. */
  step: ExperimentStep | null
  /** Why the list could not be had. */
  error: AppError | null
}

/** What says whether an experiment has changed since its curves were read. */
const versionOf = (experiment: ExperimentSummary): string => JSON.stringify(experiment)

/** Experiments of the open project, with the curves of those that are looked at. */
export class ExperimentsStore extends Store<ExperimentsView> {
  readonly #client: EngineClient
  readonly #project: ProjectStore
  #handle: string | null = null
  #wanted: readonly number[] = []
  /** Versions of the curves that are there. */
  #versions = new Map<number, string>()
  #isStale = false
  #isReading = false

  constructor(client: EngineClient, project: ProjectStore) {
    super({ experiments: null, curves: new Map(), step: null, error: null })
    this.#client = client
    this.#project = project
  }

  /** Asks whenever the project is opened and follows its experiments. Returns the function that ends it. */
  follow(): () => void {
    const isOurs = (path: string): boolean => path === this.#project.get().opened?.path
    const opened = (): void => {
      const project = this.#project.get().opened?.project ?? null
      if (project === this.#handle) return
      this.#handle = project
      void this.refresh()
    }
    const refresh = ({ path }: { path: string }) => void (isOurs(path) && this.refresh())
    const stops = [
      this.#client.on('experiments.changed', refresh),
      this.#client.on('experiments.epoch', refresh),
      this.#client.on('experiments.step', (step) => {
        if (isOurs(step.path)) this.set({ ...this.get(), step })
      }),
      // Whatever was told meanwhile is lost: the next connection asks again.
      this.#client.onClosed(() => {
        this.#handle = null
      }),
      this.#project.subscribe(opened),
    ]
    opened()
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Says whose curves are looked at; those of others go. */
  want(experiments: readonly number[]): void {
    if (experiments.join() === this.#wanted.join()) return
    this.#wanted = experiments
    void this.refresh()
  }

  /** Asks for the list and for curves that have grown; while that is under way further wishes become one. */
  async refresh(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    while (this.#isStale && this.#handle !== null) {
      this.#isStale = false
      await this.#read(this.#handle)
    }
    this.#isReading = false
  }

  async #read(project: string): Promise<void> {
    try {
      const experiments = await this.#client.call('experiments.list', { project })
      const isRunning = experiments.some(({ state }) => state === 'running')
      const step = isRunning ? this.get().step : null
      this.set({ ...this.get(), experiments, step, error: null })
      this.set({ ...this.get(), curves: await this.#readCurves(project, experiments) })
    } catch (reason) {
      const error = toAppError(reason)
      // A lost connection is told elsewhere; one that was removed is gone with the next list.
      if (error.code !== 'disconnected' && error.code !== 'no-such-experiment')
        this.set({ ...this.get(), error })
    }
  }

  /** Curves of what is wanted: those that are the same as before stay the same objects. */
  async #readCurves(
    project: string,
    experiments: readonly ExperimentSummary[],
  ): Promise<ReadonlyMap<number, ExperimentWithCurves>> {
    const before = this.get().curves
    const versions = new Map<number, string>()
    const curves = new Map<number, ExperimentWithCurves>()
    for (const summary of experiments) {
      const { id } = summary
      if (!this.#wanted.includes(id)) continue
      const version = versionOf(summary)
      const known = this.#versions.get(id) === version ? before.get(id) : undefined
      const experiment = id
      curves.set(id, known ?? (await this.#client.call('experiments.get', { project, experiment })))
      versions.set(id, version)
    }
    this.#versions = versions
    return curves
  }
}
