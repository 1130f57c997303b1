/** @file Everything a report shows, as plain data; rendering looks nothing up. */

import type { CountInterval } from '../../shared/count/interval.ts'
import type { CountRule, OccupiedEvent } from '../../shared/count/types.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Point } from '../../shared/region.ts'
import type { Occupancy } from '../labels/occupancy.ts'
import type { ClassScores } from '../metrics/pixel-scores.ts'

/** A JPEG as a data URI, with its size in pixels. */
export interface ReportPicture extends Size {
  dataUri: string
}

/** A picture around a region, with the region's outline in its pixels. */
export interface Thumbnail extends ReportPicture {
  outline: Point[]
}

/** What happened to people in the pictures of the report. */
export type PeopleInPictures = 'shown' | 'blurred' | 'pixelated' | 'left-out'

export interface ReportEvent extends OccupiedEvent {
  thumbnail: Thumbnail | null
}

/** A region that is counted, or a group of regions counted as one (then without points). */
export interface ReportRegion {
  name: string
  /** `#rrggbb`; null = one from the report's palette. */
  colour: string | null
  /** In recipe pixels. */
  points: Point[]
  /** Names of the regions of a group; empty for a region. */
  members: readonly string[]
  /** The threshold it was counted with. */
  threshold: number
  /** 1 where it is occupied, at each position of the measured frames. */
  occupied: Uint8Array
  events: ReportEvent[]
  /** Whether it was scored from stored probability maps, not from the network's answer itself. */
  approximate: boolean
  /** Occupied frames by those that were reviewed; null where nobody has reviewed. */
  review: CountInterval | null
}

/** Shares of a stretch of clock time, one an hour or a shift. */
export interface ReportPeriod {
  /** `2026-01-31` */
  day: string
  /** What heads its column: `06:00`, `06:00 – 14:00`. */
  label: string
  frames: number
  /** Occupied frames of each region, in the order of the regions. */
  occupied: number[]
}

export interface ReportPeriods {
  /** 'hour' or 'shift' */
  unit: string
  periods: ReportPeriod[]
}

/** A frame in which count and truth differ. */
export interface ReportDifference {
  region: string
  kind: 'missed' | 'spurious'
  frame: number
  thumbnail: Thumbnail
}

export interface ReportTruth {
  /** Positions, among the measured frames, that have truth. */
  positions: ArrayLike<number>
  /** Person pixels that make a region truly occupied. */
  truthPixels: number
  occupancy: Occupancy
  /** Of each region, in the order of the regions: positions where the count is wrong. */
  differences: { missed: ArrayLike<number>; spurious: ArrayLike<number> }[]
  /** Pixel scores of the class person. */
  person: ClassScores | null
  meanIou: number | null
  examples: ReportDifference[]
}

export interface ReportData {
  /** The project's name. */
  title: string
  /** Wall clock, `2026-01-31 06:00`. */
  createdAt: string
  /** Version of the program. */
  version: string
  tape: {
    name: string
    frames: number
    framesPerSecond: number
    width: number
    height: number
    sha256: string
    /** Wall-clock time of frame 0, ISO 8601; null where unknown. */
    startTime: string | null
  }
  /** The frames that were measured and their times in the tape, in seconds. */
  measured: { frames: ArrayLike<number>; seconds: ArrayLike<number> }
  recipe: {
    size: Size
    geometryHash: string
    /** Steps from the tape to the picture, its size aside, for people: `['lens', '180°, …']`. */
    steps: [string, string][]
  }
  model: { name: string; id: string; sha256: string; licence: string; input: Size; device: string }
  rule: CountRule
  /** The picture that regions are drawn on; null leaves it out. */
  overview: ReportPicture | null
  regions: ReportRegion[]
  /** Polygons whose pixels do not count. */
  ignored: Point[][]
  /** Per hour and per shift, where clock time is known. */
  periods: ReportPeriods[]
  people: PeopleInPictures
  truth: ReportTruth | null
}
