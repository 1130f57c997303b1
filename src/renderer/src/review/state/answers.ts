/**
 * @file What reviewers say: shown at once, sent one after the other until the engine has it. What is
 * not there yet stays in memory and is tried again; what the engine refuses is taken back and told.
 */
import type { ReviewAnswer } from '../../../../shared/contract/reviews.ts'
import { type AppError, type ErrorCode, toAppError } from '../../../../shared/errors.ts'
import { Store } from '../../state/store.ts'

/** An answer, or null: it is taken back. */
export interface NewAnswer {
  region: number
  frame: number
  occupied: boolean | null
}

/** By id of the region, by frame. */
export type AnswerMap = ReadonlyMap<number, ReadonlyMap<number, boolean>>

export interface AnswersState {
  answers: AnswerMap
  /** 'waiting' = the last attempt failed; it will be tried again. */
  status: 'saved' | 'saving' | 'waiting'
  /** Answers that the engine does not have yet. */
  pending: number
  /** Why the last attempt failed, or what was refused. */
  problem: AppError | null
}

interface Change extends NewAnswer {
  before: boolean | null
}

export interface AnswersOptions {
  send: (answers: readonly NewAnswer[]) => Promise<unknown>
  /** Waits before the attempts after a failure; the last one again and again. */
  retryMs?: readonly number[]
}

const defaultRetryMs: readonly number[] = [250, 500, 1000, 2000, 4000]

/** Steps that can be undone. */
const deepest = 200

/** Failures that would come again however often it is tried. */
const refusals: readonly ErrorCode[] = [
  'read-only',
  'bad-value',
  'no-such-region',
  'no-such-frame',
  'no-such-tape',
]

const keyOf = ({ region, frame }: { region: number; frame: number }): string => `${region} ${frame}`

export class Answers extends Store<AnswersState> {
  readonly #options: AnswersOptions
  readonly #queue: (readonly Change[])[] = []
  #known: AnswerMap = new Map()
  #past: (readonly Change[])[] = []
  #future: (readonly Change[])[] = []
  #isSending = false
  #attempts = 0
  #wake: (() => void) | null = null

  constructor(options: AnswersOptions) {
    super({ answers: new Map(), status: 'saved', pending: 0, problem: null })
    this.#options = options
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  answerOf(region: number, frame: number): boolean | null {
    return this.get().answers.get(region)?.get(frame) ?? null
  }

  /** Takes what the engine has; what is on its way to it goes over that. */
  setKnown(answers: readonly ReviewAnswer[]): void {
    const known = new Map<number, Map<number, boolean>>()
    for (const { region, frame, occupied } of answers) {
      const ofRegion = known.get(region) ?? new Map<number, boolean>()
      known.set(region, ofRegion.set(frame, occupied))
    }
    this.#known = known
    this.#tell({})
  }

  /** Answers as one step; what is already so is left out. Returns how many answers that were. */
  answer(list: readonly NewAnswer[]): number {
    const changes = list
      .map((answer) => ({ ...answer, before: this.answerOf(answer.region, answer.frame) }))
      .filter(({ occupied, before }) => occupied !== before)
    if (changes.length === 0) return 0
    this.#past = [...this.#past, changes].slice(-deepest)
    this.#future = []
    this.#append(changes)
    return changes.length
  }

  /** Takes the last step back. Returns it, so that one can go to where it was. */
  undo(): readonly NewAnswer[] {
    const changes = this.#past.at(-1)
    if (!changes) return []
    this.#past = this.#past.slice(0, -1)
    this.#future = [changes, ...this.#future]
    this.#append(changes.map(reverse))
    return changes
  }

  redo(): readonly NewAnswer[] {
    const [changes, ...later] = this.#future
    if (!changes) return []
    this.#future = later
    this.#past = [...this.#past, changes]
    this.#append(changes)
    return changes
  }

  /** Tries again at once: the engine is back, or the user asks for it. */
  retry(): void {
    this.#wake?.()
  }

  /** Puts the message about what was refused away. */
  dismiss(): void {
    if (this.#queue.length === 0) this.#tell({ problem: null })
  }

  #append(changes: readonly Change[]): void {
    this.#queue.push(changes)
    const { status } = this.get()
    this.#tell({ status: status === 'saved' ? 'saving' : status })
    void this.#send()
  }

  async #send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    for (let changes = this.#queue[0]; changes; changes = this.#queue[0]) {
      const failure = await this.#attempt(changes)
      if (failure === null || refusals.includes(failure.code)) this.#take(changes, failure)
      else await this.#wait(failure)
    }
    this.#isSending = false
    this.#tell({ status: 'saved' })
  }

  async #attempt(changes: readonly Change[]): Promise<AppError | null> {
    try {
      await this.#options.send(
        changes.map(({ region, frame, occupied }) => ({ region, frame, occupied })),
      )
      return null
    } catch (error) {
      return toAppError(error)
    }
  }

  #take(changes: readonly Change[], refusal: AppError | null): void {
    this.#queue.shift()
    this.#attempts = 0
    if (refusal) {
      this.#past = this.#past.filter((step) => step !== changes)
      this.#future = this.#future.filter((step) => step !== changes)
    } else this.#known = withChanges(this.#known, changes)
    this.#tell({ status: 'saving', problem: refusal })
  }

  /** Until the next attempt is due, or somebody asks for it. */
  async #wait(problem: AppError): Promise<void> {
    const waits = this.#options.retryMs ?? defaultRetryMs
    const ms = waits[Math.min(this.#attempts, waits.length - 1)] ?? 0
    this.#attempts += 1
    this.#tell({ status: 'waiting', problem })
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }

  /** What the engine has, with what is on its way to it. */
  #tell(change: Partial<AnswersState>): void {
    const answers = this.#queue.reduce(withChanges, this.#known)
    const pending = new Set(this.#queue.flat().map(keyOf)).size
    this.set({ ...this.get(), ...change, answers, pending })
  }
}

function reverse({ region, frame, occupied, before }: Change): Change {
  return { region, frame, occupied: before, before: occupied }
}

/** Only the regions that change get a new map. */
function withChanges(answers: AnswerMap, changes: readonly Change[]): AnswerMap {
  const next = new Map(answers)
  const own = new Map<number, Map<number, boolean>>()
  for (const { region, frame, occupied } of changes) {
    const ofRegion = own.get(region) ?? new Map(answers.get(region))
    own.set(region, ofRegion)
    next.set(region, ofRegion)
    if (occupied === null) ofRegion.delete(frame)
    else ofRegion.set(frame, occupied)
  }
  return next
}
