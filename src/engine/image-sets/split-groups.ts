/**
 * @file Divides images into parts such as "train" and "val" in a ratio, so that every class is shown
 * in each part as often as the ratio says: iterative stratification (Sechidis, Tsoumakas, Vlahavas:
 * On the Stratification of Multi-Label Data, ECML PKDD 2011), of groups that stay together.
 */

/** Images that must be in the same part. */
export interface SplitGroup {
  /** Positions of the images. */
  images: readonly number[]
  /** For each class that occurs, how many of the images show it. */
  classes: ReadonlyMap<number, number>
}

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const list = [...items]
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [list[last], list[other]]
    if (a !== undefined && b !== undefined) [list[last], list[other]] = [b, a]
  }
  return list
}

function sumClasses(groups: readonly SplitGroup[]): Map<number, number> {
  const sums = new Map<number, number>()
  for (const { classes } of groups)
    for (const [index, images] of classes) sums.set(index, (sums.get(index) ?? 0) + images)
  return sums
}

/** What a part still lacks. */
interface Lack {
  share: number
  images: number
  classes: Map<number, number>
}

/** The class that the fewest of the groups show; null when none shows any. */
function rarestClass(groups: readonly SplitGroup[]): number | null {
  const entries = [...sumClasses(groups)].sort(([a, x], [b, y]) => x - y || a - b)
  return entries[0]?.[0] ?? null
}

/** The part that lacks most of a class, then most images; the first of those. */
function neediest(lacks: readonly Lack[], index: number | null): number {
  const need = (lack: Lack) => (index === null ? lack.images : (lack.classes.get(index) ?? 0))
  const open = [...lacks.entries()].filter(([, { share }]) => share > 0)
  const [first] = open
    .map(([part, lack]) => ({ part, need: Math.round(need(lack) * 1e6), images: lack.images }))
    .sort((a, b) => b.need - a.need || b.images - a.images || a.part - b.part)
  return first?.part ?? 0
}

function take(lack: Lack | undefined, group: SplitGroup): void {
  if (!lack) return
  lack.images -= group.images.length
  for (const [index, images] of group.classes)
    lack.classes.set(index, (lack.classes.get(index) ?? 0) - images)
}

/**
 * The part of each image, by position: a number of `shares`. The same seed gives the same parts. Large
 * groups come first among those that show the rarest class, so that small ones can even things out.
 */
export function splitGroups(
  groups: readonly SplitGroup[],
  shares: readonly number[],
  seed: number,
): Map<number, number> {
  const whole = shares.reduce((sum, share) => sum + share, 0)
  const total = groups.reduce((sum, { images }) => sum + images.length, 0)
  const sums = sumClasses(groups)
  const lacks = shares.map((share): Lack => {
    const wanted = (count: number) => (count * share) / whole
    const classes = [...sums].map(([index, images]) => [index, wanted(images)] as const)
    return { share, images: wanted(total), classes: new Map(classes) }
  })
  const parts = new Map<number, number>()
  let left = shuffled(groups, randomNumbers(seed))
  while (left.length > 0) {
    const rarest = rarestClass(left)
    const shows = (group: SplitGroup) => rarest === null || group.classes.has(rarest)
    const now = left.filter(shows).sort((a, b) => b.images.length - a.images.length)
    left = left.filter((group) => !shows(group))
    for (const group of now) {
      const part = neediest(lacks, rarest)
      take(lacks[part], group)
      for (const image of group.images) parts.set(image, part)
    }
  }
  return parts
}
