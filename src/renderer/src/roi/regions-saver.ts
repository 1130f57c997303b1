import type { RegionState } from '../../../shared/contract/state.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { canonicalJson } from '../../../shared/recipe.ts'
import { LatestLoader } from '../canvas/latest-loader.ts'
import { Store } from '../state/store.ts'
import { fromSaved, toSave } from './drawn-region.ts'
import type { RegionsEditor } from './regions-editor.ts'

export interface SaveState {
  state: 'saved' | 'saving' | 'failed'
  error: AppError | null
}

type Send = (regions: ReturnType<typeof toSave>) => Promise<readonly RegionState[]>

const retryMs = 3000
const rememberedStates = 5

const savedText = (saved: readonly RegionState[]): string => canonicalJson(toSave(fromSaved(saved)))

/** Keeps a project's regions as they are drawn: one save at a time, always of the latest. */
export class RegionsSaver extends Store<SaveState> {
  readonly #editor: RegionsEditor
  readonly #loader: LatestLoader<null, Map<string, number>>
  #send: Send
  #version: number
  #told: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(editor: RegionsEditor, send: Send) {
    super({ state: 'saved', error: null })
    this.#editor = editor
    this.#send = send
    this.#version = editor.get().version
    this.#loader = new LatestLoader(
      async () => {
        // Taken only now: the save before may have told the ids of new regions.
        const regions = editor.kept
        const saved = await this.#send(toSave(regions))
        this.note(saved)
        return new Map(regions.flatMap(({ key }, i) => entry(key, saved[i]?.id)))
      },
      (ids) => {
        editor.adopt(ids)
        if (this.#loader.isWaiting) return
        this.set({ state: 'saved', error: null })
      },
      (error) => {
        this.set({ state: 'failed', error: toAppError(error) })
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.save(), retryMs)
      },
    )
  }

  /** Whether the engine has everything that is drawn. */
  get isSettled(): boolean {
    return this.get().state === 'saved'
  }

  /** Remembers what the engine has told last. */
  note(saved: readonly RegionState[]): void {
    const text = savedText(saved)
    this.#told = [...this.#told.filter((one) => one !== text), text].slice(-rememberedStates)
  }

  /** Whether the engine has told something newer already: answers may overtake each other. */
  isStale(saved: readonly RegionState[]): boolean {
    const text = savedText(saved)
    return this.#told.slice(0, -1).includes(text)
  }

  /** Where to send from now on: the engine's handle changes when it had to be started again. */
  sendBy(send: Send): void {
    this.#send = send
  }

  /** Follows the editor; returns the function that ends it. */
  follow(): () => void {
    return this.#editor.subscribe(() => {
      const { version } = this.#editor.get()
      if (version === this.#version) return
      this.#version = version
      this.save()
    })
  }

  save(): void {
    clearTimeout(this.#timer)
    this.set({ state: 'saving', error: null })
    this.#loader.want(null)
  }
}

const entry = (key: string, id: number | undefined): [string, number][] =>
  id === undefined ? [] : [[key, id]]
