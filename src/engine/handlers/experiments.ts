/** @file Experiments of an open project: what there is, and the queue they run in. */
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods = Extract<keyof Handlers<Workbench>, `experiments.${string}`>

function missing(): never {
  throw new AppError('internal', 'experiments cannot be run from here yet')
}

export function experimentHandlers(_: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'experiments.choices': missing,
    'experiments.presets': missing,
    'experiments.draft': missing,
    'experiments.list': missing,
    'experiments.get': missing,
    'experiments.create': missing,
    'experiments.update': missing,
    'experiments.queue': missing,
    'experiments.run': missing,
    'experiments.reorder': missing,
    'experiments.unqueue': missing,
    'experiments.cancel': missing,
    'experiments.resume': missing,
    'experiments.remove': missing,
    'experiments.export': missing,
  }
}
