import type { AugmentationNode } from '../../../../shared/augmentation.ts'
import { Store } from '../../state/store.ts'
import { firstPipeline } from './pipeline.ts'

/** The pipeline that is tried out. */
export class PipelineStore extends Store<AugmentationNode> {
  constructor() {
    super(firstPipeline)
  }

  change(pipeline: AugmentationNode): void {
    this.set(pipeline)
  }
}

const stores = new Map<string, PipelineStore>()

/** The pipeline of a project, kept as long as the page lives. */
export function pipelineStoreOf(path: string): PipelineStore {
  const known = stores.get(path) ?? new PipelineStore()
  stores.set(path, known)
  return known
}
