/** @file The project's networks: where they come from, and how two of them differ. */
import type { Model } from '../../../shared/contract/models.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { bytes, count, dateTime } from '../format.ts'
import { figure } from './curves.ts'

const kinds: Readonly<Record<Model['kind'], string>> = {
  'built-in': 'Comes with Maskbench',
  added: 'Added by you',
  'fine-tuned': 'Fine-tuned',
}

function nameOf(id: string, models: readonly Model[]): string {
  return models.find((model) => model.id === id)?.name ?? id
}

/** Where a network comes from, fact by fact. */
export function provenanceOf(model: Model, models: readonly Model[]): string[] {
  const { kind, training } = model
  if (!training) return [kinds[kind]]
  const held = training.heldOut.length
  const frames = `${count(training.labels.length, 'painted frame')}${held > 0 ? `, ${held} of them held out for the check` : ''}`
  return [`From “${nameOf(training.base, models)}”`, frames, `preset ${training.preset}`]
}

/** Which network is in use once this one has gone; null = nothing changes. */
export function successorOf(model: Model, models: readonly Model[]): Model | null {
  if (!model.active) return null
  const parent = models.find(({ id }) => id === model.training?.base)
  return parent ?? models.find(({ kind }) => kind === 'built-in') ?? null
}

export interface ComparedRow {
  title: string
  first: string
  second: string
  differs: boolean
}

const none = '–'

function facts(
  model: Model,
  models: readonly Model[],
  trainings: readonly TrainingState[],
): [title: string, text: string][] {
  const { training } = model
  const selection = training?.selection
  const settings = trainings.find(({ id }) => id === training?.id)?.settings
  const size = settings && `${settings.input.width} × ${settings.input.height}`
  return [
    ['Name', model.name],
    ['Origin', kinds[model.kind]],
    ['Made', model.createdAt === null ? none : dateTime(new Date(model.createdAt))],
    ['Started from', training ? nameOf(training.base, models) : none],
    ['Painted frames', training ? String(training.labels.length) : none],
    ['Held out for the check', training ? String(training.heldOut.length) : none],
    ['Overlap there (person IoU)', selection ? selection.new.personIou.toFixed(2) : none],
    ['Overlap of what it started from', selection ? selection.base.personIou.toFixed(2) : none],
    ['Loss there (lower is surer)', selection ? figure(selection.new.loss) : none],
    ['Preset', training?.preset ?? none],
    ['Iterations', settings ? String(settings.iterations) : none],
    ['Learning rate', settings ? figure(settings.learningRate.old) : none],
    ['Samples in an iteration', settings ? String(settings.batch) : none],
    ['Input', size ?? none],
    ['Seed', settings ? String(settings.seed) : none],
    ['File', bytes(model.bytes)],
  ]
}

/** Two networks beside each other; what is unknown of both is left out. */
export function compared(
  [first, second]: readonly [Model, Model],
  models: readonly Model[],
  trainings: readonly TrainingState[],
): ComparedRow[] {
  const others = facts(second, models, trainings)
  return facts(first, models, trainings)
    .map(([title, text], at) => {
      const other = others[at]?.[1] ?? none
      return { title, first: text, second: other, differs: text !== other }
    })
    .filter((row) => row.first !== none || row.second !== none)
}

/** A name that every file system takes. */
export function fileNameOf({ name }: Pick<Model, 'name'>): string {
  const plain = name.replaceAll(/[<>:"/\\|?*\p{Cc}]+/gu, '-').replaceAll(/^[. -]+|[. -]+$/g, '')
  return `${plain === '' ? 'network' : plain}.onnx`
}
