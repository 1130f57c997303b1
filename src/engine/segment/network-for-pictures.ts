/** @file The network that is to look at pictures of no project. */
import type { Tasks } from '../compute/tasks.ts'
import type { ComputeProcess } from '../compute/types.ts'
import { requireGeneral } from '../jobs/datasets/segment-each.ts'
import type { ImportOptions } from '../models/import-network.ts'
import { type NetworkPlaces, namedNetwork } from '../models/named-network.ts'
import type { StoredModel } from '../models/types.ts'

export interface NetworkWish extends NetworkPlaces, Pick<ImportOptions, 'as' | 'description'> {
  model: string
  allowOtherGeometry?: boolean | undefined
}

/**
 * @throws AppError what `namedNetwork` throws; `other-geometry` for a network that knows a camera's
 * pictures and no others
 */
export async function networkForPictures(
  compute: Pick<ComputeProcess<Tasks>, 'run'>,
  { model: name, as, description, allowOtherGeometry, ...places }: NetworkWish,
): Promise<StoredModel> {
  const probe: ImportOptions['probe'] = (request) => compute.run('probeModel', request)
  const model = await namedNetwork(name, places, { as, description, probe })
  const hint = 'Use a general network, or say --allow-other-geometry if you know that it fits.'
  if (!allowOtherGeometry) requireGeneral(model.description, { called: name, hint })
  return model
}
