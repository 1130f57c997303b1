/** @file The network that a training starts from. */
import { AppError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import type { StoredModel } from '../models/types.ts'
import { activeModelId, findModel, requireModel } from './networks.ts'

export interface BaseChoice {
  /** Id of the network; by default the one that the active one was once made from. */
  model?: string | undefined
  /** Go on from the active network, fine-tuned or not. */
  goOn?: boolean | undefined
}

/** The network at the beginning of the line that led to `model`. */
async function originOf(engine: Engine, model: StoredModel): Promise<StoredModel> {
  const { id, parent } = model.description
  if (parent === null) return model
  const found = await findModel(engine, parent)
  if (found) return originOf(engine, found)
  throw new AppError(
    'no-such-model',
    `the network ${id} was fine-tuned from ${parent}, which the project does not have`,
    `Add it with \`maskbench models add\`, name another one with --model, or go on from ${id} with --continue.`,
  )
}

/**
 * The network to start from. All labels are learnt at once and each training begins anew, so that
 * nothing of an earlier one stays behind: unless the user wants that.
 * @throws AppError `no-such-model`; `other-geometry` when it was trained with another recipe
 */
export async function trainingBase(engine: Engine, choice: BaseChoice): Promise<StoredModel> {
  if (choice.model !== undefined) return requireModel(engine, { model: choice.model })
  const id = activeModelId(engine)
  if (choice.goOn) return requireModel(engine, { model: id })
  const active = await requireModel(engine, { model: id, allowOtherGeometry: true })
  const { description } = await originOf(engine, active)
  return requireModel(engine, { model: description.id })
}
