/**
 * @file Counts all regions anew whenever a threshold or a duration is tried, once an animation frame:
 * the region under the user's hand first, the others as time allows. Regions whose rule stays the same
 * are not counted again, and keep their results.
 */
import { type Count, countGroups, countRun } from '../../../../shared/count/count.ts'
import type { CountRule } from '../../../../shared/count/types.ts'
import { Store } from '../../state/store.ts'

/** The project's rule, and each region's own threshold (null = the rule's). */
export interface Rules {
  rule: CountRule
  thresholds: readonly (number | null)[]
}

/** What is counted. */
export interface CountedRegion {
  sums: Float64Array
  group: string | null
}

export interface Counts {
  kept: Rules
  tried: Rules
  /** With the rules that are tried, region by region. */
  counts: readonly Count[]
  /** With the rules that are kept. */
  before: readonly Count[]
  groups: ReadonlyMap<string, Count>
  /** Whether every region has been counted with the rules that are tried. */
  isSettled: boolean
}

export interface RecountOptions {
  /** Does something in the next animation frame. */
  schedule?: (work: () => void) => void
  now?: () => number
  /** Milliseconds of a frame that counting may take, once the first region is counted. */
  budgetMs?: number
}

const nobody: Count = { frames: 0, occupied: 0, share: 0, stretches: new Uint32Array() }
const noRules: Rules = { rule: { threshold: 0, cut: 0.5, enter: 0, leave: 0 }, thresholds: [] }

export const thresholdOf = ({ rule, thresholds }: Rules, index: number): number =>
  thresholds[index] ?? rule.threshold

export function equalRules(a: Rules, b: Rules): boolean {
  const { rule, thresholds } = a
  return (
    rule.threshold === b.rule.threshold &&
    rule.cut === b.rule.cut &&
    rule.enter === b.rule.enter &&
    rule.leave === b.rule.leave &&
    thresholds.length === b.thresholds.length &&
    thresholds.every((threshold, index) => threshold === b.thresholds[index])
  )
}

/** What a region's count depends on, as a text. */
const ruleKey = (rules: Rules, index: number): string =>
  `${thresholdOf(rules, index)} ${rules.rule.enter} ${rules.rule.leave}`

export class Recount extends Store<Counts> {
  readonly #options: Required<RecountOptions>
  #regions: readonly CountedRegion[] = []
  /** By which rule the counts of now were made. */
  #keys: string[] = []
  #isScheduled = false
  /** The region under the user's hand. */
  #first = 0

  constructor(options: RecountOptions = {}) {
    super({
      ...{ kept: noRules, tried: noRules, counts: [], before: [] },
      ...{ groups: new Map(), isSettled: true },
    })
    this.#options = {
      schedule: (work) => requestAnimationFrame(work),
      now: () => performance.now(),
      budgetMs: 8,
      ...options,
    }
  }

  /** Whether something is tried that is not kept. */
  get isTrying(): boolean {
    return !equalRules(this.get().kept, this.get().tried)
  }

  /** Takes other scores or other rules of the engine. What is being tried stays, where it can. */
  setRegions(regions: readonly CountedRegion[], kept: Rules): void {
    const fits = this.isTrying && regions.length === this.#regions.length
    const tried = fits ? { ...this.get().tried, rule: { ...this.get().tried.rule } } : kept
    this.#regions = regions
    const before = regions.map((_, index) => this.#count(kept, index))
    this.#keys = regions.map((_, index) => ruleKey(kept, index))
    this.set({
      ...{ kept, tried, counts: before, before },
      ...{ groups: countGroups(regions, before), isSettled: true },
    })
    if (!equalRules(kept, tried)) this.#schedule()
  }

  /** Tries something of the project's rule. */
  tryRule(change: Partial<CountRule>): void {
    const { tried } = this.get()
    this.#try({ ...tried, rule: { ...tried.rule, ...change } }, this.#first)
  }

  /** Tries a threshold: the region's own where it has one, else the project's. */
  tryThreshold(index: number, threshold: number): void {
    const { tried } = this.get()
    if ((tried.thresholds[index] ?? null) === null)
      this.#try({ ...tried, rule: { ...tried.rule, threshold } }, index)
    else this.tryOwn(index, threshold)
  }

  /** Tries a threshold of the region's own; null = the project's. */
  tryOwn(index: number, threshold: number | null): void {
    const { tried } = this.get()
    const thresholds = tried.thresholds.map((old, i) => (i === index ? threshold : old))
    this.#try({ ...tried, thresholds }, index)
  }

  /** Goes back to what is kept. */
  takeBack(): void {
    this.#try(this.get().kept, this.#first)
  }

  /** The engine has taken what was tried. */
  markKept(kept: Rules): void {
    const before = this.#regions.map((_, index) => this.#count(kept, index))
    this.set({ ...this.get(), kept, before })
  }

  #try(tried: Rules, first: number): void {
    this.#first = first
    const { counts } = this.get()
    const isSettled = counts.every((_, index) => this.#keys[index] === ruleKey(tried, index))
    this.set({ ...this.get(), tried, isSettled })
    if (!isSettled) this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#options.schedule(() => {
      this.#isScheduled = false
      this.#work()
    })
  }

  /** Counts the regions that need it, as many as fit into the frame. */
  #work(): void {
    const { tried } = this.get()
    const began = this.#options.now()
    const counts = [...this.get().counts]
    const due = this.#regions
      .map((_, index) => index)
      .filter((index) => this.#keys[index] !== ruleKey(tried, index))
      .sort((a, b) => Number(b === this.#first) - Number(a === this.#first))
    let done = 0
    for (const index of due) {
      if (done > 0 && this.#options.now() - began > this.#options.budgetMs) break
      counts[index] = this.#count(tried, index)
      this.#keys[index] = ruleKey(tried, index)
      done += 1
    }
    const isSettled = done === due.length
    const groups = isSettled ? countGroups(this.#regions, counts) : this.get().groups
    this.set({ ...this.get(), counts, groups, isSettled })
    if (!isSettled) this.#schedule()
  }

  #count(rules: Rules, index: number): Count {
    const region = this.#regions[index]
    if (!region) return nobody
    const threshold = thresholdOf(rules, index)
    return countRun([{ ...region, threshold }], rules.rule)[0] ?? nobody
  }
}
