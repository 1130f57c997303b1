import type { TrainingChoice } from '../../shared/contract/training.ts'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { FrameAt } from '../db/masks.ts'
import { foldAllStrokes } from '../db/painted-masks.ts'
import { framesWithStrokes } from '../db/strokes.ts'
import { resumeTraining, type TrainListener, trainProject } from '../jobs/train-project.ts'
import { estimateTraining } from '../jobs/training-estimate.ts'
import { planTraining, type TrainWords, unfinishedTraining } from '../jobs/training-plan.ts'
import { trainingStates } from '../jobs/training-states.ts'
import { networkScale } from '../models/network-scale.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import { defaultPreset, presetNames, presetOf } from '../train/presets.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { trainingNews } from '../workbench/training-news.ts'

type Methods = `training.${'presets' | 'plan' | 'start' | 'resume' | 'list'}`

export interface TrainingOptions {
  /** The least time between two looks of a network at a frame while it is trained. */
  previewSeconds?: number
}

const onTape = ({ source, frame }: FrameAt) => ({ tape: source, frame })

/** The recommended one first. */
const names = [defaultPreset, ...presetNames.filter((name) => name !== defaultPreset)]

/** The choice as the engine takes it; device and threads are the user's for all projects. */
async function wordsOf({ base, ...choice }: TrainingChoice): Promise<TrainWords> {
  const { device, threads } = await loadUserSettings()
  return { ...choice, model: base, device, threads: threads ?? undefined }
}

/** Makes labels of everything painted, as far as this page may. */
function fold(open: OpenProject): void {
  const { project } = open.engine
  if (open.mode === 'read' || framesWithStrokes(project).length === 0) return
  foldAllStrokes(project)
  open.changed('frames')
}

function refuseSecond({ jobs }: OpenProject): void {
  const isUnderWay = jobs
    .list()
    .some(
      ({ kind, state }) =>
        (kind === 'train' || kind === 'experiment') && (state === 'queued' || state === 'running'),
    )
  if (!isUnderWay) return
  throw new AppError(
    'training-under-way',
    'this project is training a network already',
    'Wait until it is done, or cancel it first.',
  )
}

const frames = (count: number): string => (count === 1 ? '1 frame' : `${count} frames`)

interface TrainingJob {
  title: string
  /** Id of the network that it starts from. */
  base: string
  work(listener: TrainListener, long: LongWork): Promise<unknown>
}

export function trainingHandlers(
  projects: OpenProjects,
  { previewSeconds }: TrainingOptions,
): Pick<Handlers<Workbench>, Methods> {
  const begin = (open: OpenProject, { title, base, work }: TrainingJob): { job: number } => {
    refuseSecond(open)
    const news = trainingNews(open, projects.events, previewSeconds)
    const job = open.jobs.start('train', title, { model: base }, async (long) => {
      try {
        await work(news.listener, long)
        open.changed('model', 'models')
      } finally {
        await open.trainer.compute.close()
      }
    })
    // Its error is the job's, which is there once the job has ended.
    void open.jobs.ended(job).then(news.end)
    return { job }
  }
  return {
    'training.presets': () =>
      names.map((name) => {
        const { title, purpose } = presetOf(name)
        return { name, title, description: purpose }
      }),
    async 'training.plan'({ project: handle, choice }) {
      const open = projects.get(handle)
      fold(open)
      const { project } = open.engine
      const { base, training, warnings } = await planTraining(open.engine, await wordsOf(choice))
      const { settings, plan } = training
      const { device, ...estimate } = estimateTraining(project, training, networkScale(base))
      return {
        base: { id: base.description.id, name: base.description.name },
        ...{ preset: settings.preset, settings, warnings },
        device: device ?? settings.device,
        labels: plan.labels.map(onTape),
        heldOut: plan.heldOut.map(onTape),
        ...estimate,
      }
    },
    async 'training.start'({ project: handle, choice }) {
      const open = projects.forWriting(handle)
      refuseSecond(open)
      fold(open)
      const words = await wordsOf(choice)
      // What stands in the way is told to who asked rather than left in the list of jobs.
      const { base, labels } = await planTraining(open.engine, words)
      return begin(open, {
        title: `Fine-tune on ${frames(labels.length)}`,
        base: base.description.id,
        work: (listener, long) => trainProject(open.trainer, words, listener, long),
      })
    },
    async 'training.resume'({ project: handle }) {
      const open = projects.forWriting(handle)
      refuseSecond(open)
      const { base, labels } = await unfinishedTraining(open.engine)
      return begin(open, {
        title: `Go on fine-tuning on ${frames(labels.length)}`,
        base: base.description.id,
        work: (listener, long) => resumeTraining(open.trainer, listener, long),
      })
    },
    'training.list': ({ project }) => trainingStates(projects.get(project).engine),
  }
}
