/** @file What the sections of a report have in common, worked out once. */
import { regionColour } from './colours.ts'
import { measuredSeconds, type TimeAxis, timeAxis } from './time-axis.ts'
import type { ReportData, ReportEvent, ReportRegion } from './types.ts'

/** A region with its number in the report and its numbers. */
export interface RegionSummary {
  /** From 1; the same in every section. */
  number: number
  name: string
  colour: string
  region: ReportRegion
  frames: number
  /** Share of the measured frames. */
  share: number
  /** Time that the occupied frames stand for. */
  seconds: number
}

export interface Summary {
  axis: TimeAxis
  frames: number
  /** Time that the measured frames stand for. */
  seconds: number
  regions: RegionSummary[]
  /** 1 where any region is occupied. */
  anywhere: Uint8Array
}

/** Begin and end of an event, in seconds of the tape. */
export function eventTimes({ from, to }: TimeAxis, { first, last }: ReportEvent): [number, number] {
  return [from[first] ?? 0, to[last] ?? 0]
}

export function eventSeconds(axis: TimeAxis, event: ReportEvent): number {
  const [from, to] = eventTimes(axis, event)
  return to - from
}

export function framesSet(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0)
}

function occupiedSeconds({ from, to }: TimeAxis, occupied: Uint8Array): number {
  return occupied.reduce((sum, flag, i) => sum + flag * ((to[i] ?? 0) - (from[i] ?? 0)), 0)
}

function union(lists: readonly Uint8Array[], length: number): Uint8Array {
  const any = new Uint8Array(length)
  for (const list of lists) for (const [i, flag] of list.entries()) if (flag) any[i] = 1
  return any
}

export function summarize({ measured, tape, regions }: ReportData): Summary {
  const axis = timeAxis(measured.seconds, tape.framesPerSecond, tape.startTime)
  const frames = measured.frames.length
  return {
    axis,
    frames,
    seconds: measuredSeconds(axis),
    regions: regions.map((region, index) => {
      const occupied = framesSet(region.occupied)
      return {
        number: index + 1,
        name: region.name,
        colour: regionColour(region.colour, index),
        region,
        frames: occupied,
        share: frames > 0 ? occupied / frames : 0,
        seconds: occupiedSeconds(axis, region.occupied),
      }
    }),
    anywhere: union(
      regions.map(({ occupied }) => occupied),
      frames,
    ),
  }
}
