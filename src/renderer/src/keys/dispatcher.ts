import { type ActionName, actions } from './actions.ts'
import { chordsOf, type KeyPress } from './chord.ts'
import { isTakenByFocus } from './focus.ts'
import { actionsByChord, defaultKeySettings, type KeySettings } from './key-map.ts'

export interface ActionHandler {
  /** The key went down (again and again while it is held, for an action that is not a held one). */
  press(): void
  /** The key of a held action went up, or the window lost its keys. */
  release?(): void
}

/** Turns keys into actions: the handler that came last and is there gets them. */
export class KeyDispatcher {
  #byChord = actionsByChord(defaultKeySettings)
  readonly #handlers = new Map<ActionName, ActionHandler[]>()
  /** Held actions by the key that holds them. */
  readonly #held = new Map<string, ActionHandler>()

  setKeys(settings: KeySettings): void {
    this.#byChord = actionsByChord(settings)
  }

  /** Returns the function that takes the handler away. */
  add(name: ActionName, handler: ActionHandler): () => void {
    const others = this.#handlers.get(name) ?? []
    this.#handlers.set(name, [...others, handler])
    return () => {
      const left = this.#handlers.get(name)?.filter((other) => other !== handler) ?? []
      this.#handlers.set(name, left)
    }
  }

  /** Does an action as its key would. Returns whether anybody handles it now. */
  perform(name: ActionName): boolean {
    const handler = this.#handlers.get(name)?.at(-1)
    handler?.press()
    return handler !== undefined
  }

  /** Listens to a window's keys. Returns the function that ends it. */
  listen(target: Window): () => void {
    const down = (event: KeyboardEvent): void => this.#down(event)
    const up = (event: KeyboardEvent): void => {
      // Alt on its own would go to the window's menu.
      if (this.#held.has(event.code)) event.preventDefault()
      this.#release(event.code)
    }
    const blur = (): void => {
      for (const code of [...this.#held.keys()]) this.#release(code)
    }
    target.addEventListener('keydown', down)
    target.addEventListener('keyup', up)
    target.addEventListener('blur', blur)
    return () => {
      target.removeEventListener('keydown', down)
      target.removeEventListener('keyup', up)
      target.removeEventListener('blur', blur)
      blur()
    }
  }

  #down(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isTakenByFocus(event)) return
    const name = this.#find(event)
    const handler = name && this.#handlers.get(name)?.at(-1)
    if (!name || !handler) return
    event.preventDefault()
    if (!actions[name].held) handler.press()
    else if (!event.repeat && !this.#held.has(event.code)) {
      this.#held.set(event.code, handler)
      handler.press()
    }
  }

  #find(press: KeyPress): ActionName | null {
    for (const chord of chordsOf(press)) {
      const there = (this.#byChord.get(chord) ?? []).filter(
        (name) => (this.#handlers.get(name)?.length ?? 0) > 0,
      )
      const name = there.find((candidate) => actions[candidate].drawing) ?? there[0]
      if (name) return name
    }
    return null
  }

  #release(code: string): void {
    const handler = this.#held.get(code)
    this.#held.delete(code)
    handler?.release?.()
  }
}
