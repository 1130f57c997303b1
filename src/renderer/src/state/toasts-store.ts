import { toAppError } from '../../../shared/errors.ts'
import { Store } from './store.ts'

export interface Toast {
  id: number
  kind: 'done' | 'failed'
  text: string
  /** What to do about a failure. */
  hint: string
  action?: { text: string; perform: () => void }
}

/** How long a toast of success stays; a failure stays until it is put away, unless it is told elsewhere, too. */
const shownMs = 5000

/** Short messages at the window's edge. */
export class ToastsStore extends Store<readonly Toast[]> {
  #nextId = 0

  constructor() {
    super([])
  }

  /** Says that something is done. */
  tell(text: string, action?: Toast['action']): void {
    const id = this.#add({ kind: 'done', text, hint: '', ...(action && { action }) })
    setTimeout(() => this.dismiss(id), shownMs)
  }

  /** Says that something failed and what to do. What the user cancelled is no failure. */
  fail(reason: unknown, action?: Toast['action']): void {
    const { code, message, hint } = toAppError(reason)
    if (code === 'cancelled') return
    this.#add({ kind: 'failed', text: message, hint, ...(action && { action }) })
  }

  /** Says for a moment that something went wrong that can be read at length elsewhere. */
  mention(text: string, action: NonNullable<Toast['action']>): void {
    const id = this.#add({ kind: 'failed', text, hint: '', action })
    setTimeout(() => this.dismiss(id), shownMs)
  }

  dismiss(id: number): void {
    this.set(this.get().filter((toast) => toast.id !== id))
  }

  /** The same message again takes the place of the one before. */
  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#nextId++
    const others = this.get().filter(({ text, kind }) => text !== toast.text || kind !== toast.kind)
    this.set([...others.slice(-3), { ...toast, id }])
    return id
  }
}
