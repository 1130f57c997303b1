import { Store } from '../../state/store.ts'

export interface LeftInProject {
  /** Folder of the project, as the page's address has it. */
  project: string | null
  /** Null = nobody has counted it yet. */
  count: number | null
}

/** How much is left to look at in the project that was reviewed last. */
class Unreviewed extends Store<LeftInProject> {
  constructor() {
    super({ project: null, count: null })
  }

  tell(project: string | null, count: number): void {
    const before = this.get()
    if (before.project !== project || before.count !== count) this.set({ project, count })
  }
}

/** For the rail, which stands outside of the screen that knows. */
export const unreviewed = new Unreviewed()
