/** @file Regions under the user's hands, and what changes them. All functions return new ones. */
import type { RegionState } from '../../../shared/contract/state.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Point, Region } from '../../../shared/region.ts'

export interface DrawnRegion extends Region {
  /** What it is called here as long as the page is there; the engine's id comes with the first save. */
  key: string
  id: number | null
  locked: boolean
}

export type Regions = readonly DrawnRegion[]

/** Okabe and Ito's colours, which people with any colour vision tell apart, without black. */
export const regionColours = [
  '#56b4e9',
  '#e69f00',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
] as const

/** Regions without a colour of their own get one by their place. */
export function colourOf(region: DrawnRegion, index: number): string {
  return region.kind === 'ignore' ? (region.colour ?? '#b0b7bd') : colourAt(region.colour, index)
}

/** The colour of a region that counts: its own, or one by its place. */
export function colourAt(own: string | null, index: number): string {
  return own ?? regionColours[index % regionColours.length] ?? regionColours[0]
}

let made = 0

const newKey = (): string => `new-${++made}`

export function fromSaved(saved: readonly RegionState[]): Regions {
  return [...saved]
    .sort((a, b) => a.position - b.position)
    .map(({ position: _, ...region }) => ({ ...region, key: `saved-${region.id}` }))
}

/** As `regions.set` takes them. */
export function toSave(regions: Regions) {
  return regions.map(({ key: _, id, ...region }) => ({ ...region, ...(id === null ? {} : { id }) }))
}

/** A name that no region has: `Region 3`, `Door copy 2`. */
export function freeName(regions: Regions, stem: string): string {
  const taken = new Set(regions.map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = `${stem} ${number}`
    if (!taken.has(name)) return name
  }
}

export function withNew(
  regions: Regions,
  points: readonly Point[],
  kind: Region['kind'],
): DrawnRegion {
  return {
    key: newKey(),
    id: null,
    name: freeName(regions, kind === 'ignore' ? 'Ignore' : 'Region'),
    kind,
    group: null,
    colour: kind === 'ignore' ? null : freeColour(regions),
    threshold: null,
    points: [...points],
    locked: false,
  }
}

/** The first colour that the fewest regions have. */
function freeColour(regions: Regions): string {
  const uses = (colour: string): number =>
    regions.filter((region) => region.colour === colour).length
  const fewest = Math.min(...regionColours.map(uses))
  return regionColours.find((colour) => uses(colour) === fewest) ?? regionColours[0]
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** The nearest place inside the picture, to a tenth of a pixel. */
export function within([x, y]: Point, { width, height }: Size): Point {
  return [tenth(Math.min(Math.max(x, 0), width)), tenth(Math.min(Math.max(y, 0), height))]
}

/** Moves points together, as far as all of them stay in the picture. */
export function movedBy(points: readonly Point[], by: Point, { width, height }: Size): Point[] {
  const room = (values: readonly number[], by: number, limit: number): number =>
    Math.min(Math.max(by, -Math.min(...values)), limit - Math.max(...values))
  const across = room(
    points.map(([x]) => x),
    by[0],
    width,
  )
  const down = room(
    points.map(([, y]) => y),
    by[1],
    height,
  )
  return points.map(([x, y]) => [tenth(x + across), tenth(y + down)])
}

export function changed(
  regions: Regions,
  keys: readonly string[],
  change: (region: DrawnRegion) => DrawnRegion,
): Regions {
  return regions.map((region) => (keys.includes(region.key) ? change(region) : region))
}

/** Copies beside the originals. */
export function duplicates(regions: Regions, keys: readonly string[], size: Size): DrawnRegion[] {
  const copies: DrawnRegion[] = []
  for (const region of regions.filter(({ key }) => keys.includes(key)))
    copies.push({
      ...region,
      key: newKey(),
      id: null,
      locked: false,
      name: freeName([...regions, ...copies], `${region.name.replace(/ copy \d+$/, '')} copy`),
      points: movedBy(region.points, [size.width / 40, size.height / 40], size),
    })
  return copies
}

/** Moves a region up (-1) or down (1) in the order. */
export function reordered(regions: Regions, key: string, by: -1 | 1): Regions {
  const from = regions.findIndex((region) => region.key === key)
  const to = from + by
  const [region, other] = [regions[from], regions[to]]
  if (!region || !other) return regions
  return regions.map((same, i) => (i === from ? other : i === to ? region : same))
}

export function rectangle(a: Point, b: Point): Point[] {
  const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])]
  const [top, bottom] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
}

/** A rectangle of a fifth of the picture in its middle, for those who draw without a pointer. */
export function middleRectangle({ width, height }: Size): Point[] {
  return rectangle(
    [tenth(width * 0.4), tenth(height * 0.4)],
    [tenth(width * 0.6), tenth(height * 0.6)],
  )
}
