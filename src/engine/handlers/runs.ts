import { basename } from 'node:path'
import type { RunPlan } from '../../shared/contract/runs.ts'
import type { Workbench } from '../../shared/contract.ts'
import { toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { listRuns, type Run } from '../db/runs.ts'
import { getSource, type Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { describeRuns, nameOfNetwork } from '../jobs/describe-run.ts'
import { type InferOptions, inferTape, type PlannedRun, planRun } from '../jobs/infer-tape.ts'
import { activeModelId } from '../jobs/networks.ts'
import { type RunRate, runRate } from '../jobs/run-estimate.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods = `runs.${'list' | 'plan' | 'start'}`

/** Device and threads are the user's for all projects. */
async function userOptions(): Promise<InferOptions & { device: string }> {
  const { device, threads } = await loadUserSettings()
  return { device, threads: threads ?? undefined }
}

function stoppedBy(run: Run | undefined): RunPlan['stopped'] {
  if (!run || run.state === 'running' || run.state === 'done') return null
  return run.state
}

async function planOf(engine: Engine, source: Source): Promise<RunPlan> {
  const options = await userOptions()
  const id = activeModelId(engine)
  const model = { id, name: await nameOfNetwork(engine.project, id) }
  try {
    const planned = await planRun(engine, source, options)
    const { framesPerSecond, isMeasured, device } = runRate(engine.project, planned, options.device)
    const done = planned.before?.done ?? 0
    const frames = planned.frames - done
    return {
      ...{ model, device: device ?? options.device, frames, done, framesPerSecond, isMeasured },
      stopped: stoppedBy(planned.before),
      seconds: frames / framesPerSecond,
      problem: null,
    }
  } catch (error) {
    const problem = toAppError(error, source.path).toJSON()
    const unknown = { framesPerSecond: 0, seconds: 0, isMeasured: false, done: 0, stopped: null }
    return { model, device: options.device, frames: source.frames, ...unknown, problem }
  }
}

/** The same work; what comes before the frames says how long all will take, where that was measured. */
function wholeRun({ onProgress, ...work }: LongWork, planned: PlannedRun, rate: RunRate): LongWork {
  const frames = planned.frames - (planned.before?.done ?? 0)
  const later = rate.isMeasured ? frames / rate.framesPerSecond : 0
  return {
    ...work,
    onProgress(progress) {
      const isBefore = progress.stage !== 'infer'
      const etaSeconds = later > 0 ? progress.etaSeconds + later : 0
      onProgress?.(isBefore ? { ...progress, etaSeconds } : progress)
    },
  }
}

export function runHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'runs.list'({ project, tape }) {
      const { engine } = projects.get(project)
      const source = getSource(engine.project, tape)
      const runs = listRuns(engine.project).filter((run) => run.source === source.id)
      return describeRuns(engine.project, runs)
    },
    'runs.plan'({ project, tape }) {
      const { engine } = projects.get(project)
      return planOf(engine, getSource(engine.project, tape))
    },
    async 'runs.start'({ project: handle, tape }) {
      const open = projects.forWriting(handle)
      const source = getSource(open.engine.project, tape)
      const options = await userOptions()
      // What stands in the way is told to who asked rather than left in the list of jobs.
      const planned = await planRun(open.engine, source, options)
      const { model } = planned
      const rate = runRate(open.engine.project, planned, options.device)
      const { id, name } = model.description
      const onStart = (): void => open.changed('runs')
      const title = `Look for people in ${basename(source.path)} with ${name}`
      const job = open.jobs.start('infer', title, { tape, model: id }, async (work) => {
        try {
          // The network that was shown, whichever is in use when its turn comes.
          const whole = wholeRun(work, planned, rate)
          await inferTape(open.worker, source, { ...options, model: id, onStart }, whole)
        } finally {
          onStart()
        }
      })
      return { job }
    },
  }
}
