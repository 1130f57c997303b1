/** @file What a rule that is tried changes, in words. */
import type { Counts } from '../state/recount.ts'
import { score } from '../words.ts'

interface Named {
  name: string
}

const from = (before: string, after: string): string => `${before} → ${after}`
const whole = (value: number): string => value.toLocaleString('en')

/** `threshold 50 px → 62 px`, `leave 0 → 5 frames`, `Door: own threshold 40 px`. */
export function trialChanges({ kept, tried }: Counts, regions: readonly Named[]): string[] {
  const changes: string[] = []
  if (kept.rule.threshold !== tried.rule.threshold)
    changes.push(`threshold ${from(score(kept.rule.threshold), score(tried.rule.threshold))}`)
  for (const name of ['enter', 'leave'] as const)
    if (kept.rule[name] !== tried.rule[name])
      changes.push(`${name} ${from(whole(kept.rule[name]), whole(tried.rule[name]))} frames`)
  for (const [index, { name }] of regions.entries()) {
    const [before, after] = [kept.thresholds[index] ?? null, tried.thresholds[index] ?? null]
    if (before === after) continue
    if (after === null) changes.push(`${name}: the project’s threshold`)
    else if (before === null) changes.push(`${name}: own threshold ${score(after)}`)
    else changes.push(`${name}: threshold ${from(score(before), score(after))}`)
  }
  return changes
}

export interface TrialEffect {
  name: string
  /** `312 → 298 frames` */
  frames: string
  /** `14 → 12 events` */
  events: string
}

/** Regions whose counts change. */
export function trialEffects({ before, counts }: Counts, regions: readonly Named[]): TrialEffect[] {
  return regions.flatMap(({ name }, index) => {
    const [old, now] = [before[index], counts[index]]
    if (!old || !now) return []
    const events = (stretches: Uint32Array): number => stretches.length / 2
    const [was, is] = [events(old.stretches), events(now.stretches)]
    if (old.occupied === now.occupied && was === is) return []
    return [
      {
        name,
        frames: `${from(whole(old.occupied), whole(now.occupied))} frames`,
        events: `${from(whole(was), whole(is))} events`,
      },
    ]
  })
}
