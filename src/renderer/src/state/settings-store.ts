import { defaultUserSettings, type UserSettings } from '../../../shared/contract/settings.ts'
import { toAppError } from '../../../shared/errors.ts'
import type { EngineStore } from './engine-store.ts'
import { Store } from './store.ts'

/** The user's settings, the same in all windows. Until the engine has told them they are the defaults. */
export class SettingsStore extends Store<UserSettings> {
  readonly #engine: EngineStore

  constructor(engine: EngineStore) {
    super(defaultUserSettings)
    this.#engine = engine
  }

  /** Asks on every connection and follows changes. Returns the function that ends it. */
  follow(): () => void {
    const { client } = this.#engine
    const ask = async (): Promise<void> => {
      if (this.#engine.get().status !== 'open') return
      // Without an answer the page goes on with the settings that it has.
      await client.call('settings.get', {}).then(
        (settings) => this.set(settings),
        () => {},
      )
    }
    void ask()
    const stops = [
      client.on('settings.changed', (settings) => this.set(settings)),
      this.#engine.subscribe(() => void ask()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Shows the change at once; where it cannot be stored it is taken back and thrown as an AppError. */
  async change(part: Partial<UserSettings>): Promise<void> {
    const before = this.get()
    this.set({ ...before, ...part })
    try {
      this.set(await this.#engine.client.call('settings.set', part))
    } catch (error) {
      this.set(before)
      throw toAppError(error)
    }
  }
}
