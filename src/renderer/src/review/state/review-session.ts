/**
 * @file What of a review lives as long as the page: answers on their way, what is tried, the place
 * where one was. Leaving the Review screen ends none of it.
 */
import type { Change } from '../../../../shared/contract/reviews.ts'
import type { Tape } from '../../../../shared/contract/state.ts'
import { toAppError } from '../../../../shared/errors.ts'
import type { OpenProject } from '../../state/project-context.tsx'
import { changeItem, type DoubtItem, doubtItem } from '../items/item.ts'
import { TimelineView } from '../timeline/timeline-view.ts'
import { Answers } from './answers.ts'
import { Asked } from './asked.ts'
import { Desk } from './desk.ts'
import { Recount, type Rules } from './recount.ts'
import { loadReview, type ReviewRegion } from './review-data.ts'
import { ReviewStore } from './review-store.ts'

/** As many doubtful frames as anybody looks at in one go. */
const doubtCount = 200

export class ReviewSession {
  readonly store: ReviewStore
  readonly recount = new Recount()
  readonly answers: Answers
  readonly desk = new Desk()
  readonly view = new TimelineView()
  readonly doubts: Asked<readonly DoubtItem[]>
  readonly changes: Asked<readonly ReturnType<typeof changeItem>[]>
  #project: OpenProject
  #tape: Tape
  /** What was counted last. */
  #counted: readonly ReviewRegion[] = []
  /** Of which scores and rule the doubts are known. */
  #doubtsOf = ''
  /** The run that was chosen; null = the newest of the network in use. */
  #run: number | null = null

  constructor(project: OpenProject, tape: Tape) {
    this.#project = project
    this.#tape = tape
    this.store = new ReviewStore((known) =>
      loadReview(
        {
          client: this.#project.client,
          project: this.#project.handle,
          tape: this.#tape,
          drawn: this.#project.state.regions,
          run: this.#run,
        },
        known,
      ),
    )
    this.answers = new Answers({
      send: (answers) =>
        this.#project.client.call('review.answer', {
          ...{ project: this.#project.handle, tape: this.#tape.id },
          answers: [...answers],
        }),
    })
    this.doubts = new Asked(async () => (await this.#askDoubts()).map(doubtItem))
    this.changes = new Asked(async (before) => (await this.#askChanges(before)).map(changeItem))
    this.store.subscribe(() => this.#take())
  }

  /** Goes on with the project as the page holds it now. */
  update(project: OpenProject, tape: Tape): void {
    this.#project = project
    this.#tape = tape
  }

  /** The run that was chosen; null = the newest of the network in use. */
  get chosenRun(): number | null {
    return this.#run
  }

  /** Reviews another run; null = the newest of the network in use, also when a newer one is there. */
  async chooseRun(run: number | null): Promise<void> {
    this.#run = run
    await this.store.refresh()
  }

  /** Stores what is tried: from now on it is what counts. */
  async keepRules(): Promise<void> {
    const { tried } = this.recount.get()
    const { data } = this.store.get()
    if (!data) return
    try {
      await this.#project.client.call('review.setRule', {
        project: this.#project.handle,
        rule: tried.rule,
        regions: data.regions.map(({ id }, index) => ({
          id,
          threshold: tried.thresholds[index] ?? null,
        })),
      })
    } catch (error) {
      throw toAppError(error)
    }
    this.recount.markKept(tried)
    await this.store.refresh()
  }

  #take(): void {
    const { data } = this.store.get()
    if (!data) return
    const { run } = data.review
    this.view.setPositions(data.frames.length)
    this.answers.setKnown(data.review.answers)
    const hasOther = data.regions !== this.#counted
    if (hasOther || !isSame(this.recount.get().kept, data.kept))
      this.recount.setRegions(data.regions, data.kept)
    this.#counted = data.regions
    const key = data.scoresKey + JSON.stringify(data.kept)
    if (this.#doubtsOf === key) return
    this.#doubtsOf = key
    void this.doubts.ask(run.id)
  }

  async #askDoubts() {
    const run = this.store.get().data?.review.run.id
    if (run === undefined) return []
    const args = { project: this.#project.handle, run, limit: doubtCount }
    return this.#project.client.call('review.doubts', args)
  }

  async #askChanges(before: number): Promise<Change[]> {
    const run = this.store.get().data?.review.run.id
    if (run === undefined) return []
    const args = { project: this.#project.handle, run, before }
    return this.#project.client.call('review.changes', args)
  }
}

function isSame(a: Rules, b: Rules): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

const sessions = new Map<string, ReviewSession>()

/** The session of a tape of a project, the same one as long as the page lives. */
export function reviewSessionOf(project: OpenProject, tape: Tape): ReviewSession {
  const key = `${tape.id} ${project.state.path}`
  const known = sessions.get(key)
  if (known) {
    known.update(project, tape)
    return known
  }
  const session = new ReviewSession(project, tape)
  sessions.set(key, session)
  return session
}

/** Whether answers of any project are in memory alone. */
export function hasUnsentAnswers(): boolean {
  return [...sessions.values()].some(({ answers }) => answers.get().pending > 0)
}
