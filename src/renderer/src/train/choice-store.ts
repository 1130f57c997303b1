import type { TrainingChoice } from '../../../shared/contract/training.ts'
import { Store } from '../state/store.ts'

/** What the user chose for the next training; what is not there is the preset's own. */
export class ChoiceStore extends Store<TrainingChoice> {
  constructor() {
    super({})
  }

  /** Undefined = back to what the preset says. */
  change(part: { [Name in keyof TrainingChoice]?: TrainingChoice[Name] | undefined }): void {
    const next = Object.entries({ ...this.get(), ...part }).filter(
      ([, value]) => value !== undefined,
    )
    this.set(Object.fromEntries(next))
  }

  /** Another preset brings its own settings; who starts from which network stays as it is. */
  choosePreset(preset: string): void {
    const { base } = this.get()
    this.set(base === undefined ? { preset } : { preset, base })
  }

  /** Everything but the preset as it says. */
  reset(): void {
    const { preset } = this.get()
    this.set(preset === undefined ? {} : { preset })
  }

  /** Whether there is something that `reset` would change. */
  get isOwn(): boolean {
    return Object.keys(this.get()).some((name) => name !== 'preset')
  }
}

const choices = new Map<string, ChoiceStore>()

/** The choice for a project's next training, kept as long as the page lives. */
export function choiceOf(path: string): ChoiceStore {
  const known = choices.get(path) ?? new ChoiceStore()
  choices.set(path, known)
  return known
}
