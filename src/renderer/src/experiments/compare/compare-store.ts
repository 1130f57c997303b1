import { Store } from '../../state/store.ts'

export interface CompareWish {
  /** Ids of networks; null = those that can be used, until the user chooses. */
  models: readonly string[] | null
  /** Id of an image set; null = all. */
  set: number | null
  /** Part of the sets; null = all pictures. */
  split: string | null
  /** The job of the last wish; null = none yet. */
  job: number | null
}

/** Which networks are compared, and on what. */
export class CompareStore extends Store<CompareWish> {
  constructor() {
    super({ models: null, set: null, split: null, job: null })
  }

  change(part: Partial<CompareWish>): void {
    this.set({ ...this.get(), ...part })
  }
}

const stores = new Map<string, CompareStore>()

/** The wish of a project, kept as long as the page lives. */
export function compareStoreOf(path: string): CompareStore {
  const known = stores.get(path) ?? new CompareStore()
  stores.set(path, known)
  return known
}
