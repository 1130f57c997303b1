import { type Look, plainLook, type SegmentMode } from '../../../../shared/segment.ts'
import { Store } from '../../state/store.ts'

export interface SegmentWish {
  /** Path of a picture, a folder of pictures or a tape. */
  input: string
  /** Folder that is written into. */
  out: string
  /** Null = the first that can be used. */
  model: string | null
  mode: SegmentMode
  look: Look
  /** The job of the last wish; null = none yet. */
  job: number | null
}

/** What a network is to look at, and how. */
export class SegmentStore extends Store<SegmentWish> {
  constructor() {
    super({ input: '', out: '', model: null, mode: 'overlay', look: plainLook, job: null })
  }

  change(part: Partial<SegmentWish>): void {
    this.set({ ...this.get(), ...part })
  }
}

const stores = new Map<string, SegmentStore>()

/** The wish of a project, kept as long as the page lives. */
export function segmentStoreOf(path: string): SegmentStore {
  const known = stores.get(path) ?? new SegmentStore()
  stores.set(path, known)
  return known
}
