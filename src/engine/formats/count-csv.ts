/** @file Counts as CSV tables: by region, by frame, by event, by hour or shift. */
import type { PeriodCount } from '../../shared/count/periods.ts'
import { toFlags } from '../../shared/count/stretches.ts'
import { type CountedRun, clockOf, countedEvents, spansOf } from './counted.ts'
import { type CsvCell, csv } from './csv.ts'

const ruleHeader = ['enter', 'leave', 'approximate']
/** Frames reviewed and their share; occupied frames by the reviews, with a 90 % interval. */
const reviewHeader = ['reviewed', 'reviewedShare', 'estimate', 'low90', 'high90']

/** One row a region or group; the rule stands in every row, so that a row can be read alone. */
export function countsCsv({ rule, regions }: CountedRun): string {
  const header = ['region', 'members', 'frames', 'occupied', 'share', 'events', 'threshold', 'cut']
  const rows = regions.map((region): CsvCell[] => [
    region.name,
    region.members.join('; '),
    region.frames,
    region.occupied,
    region.share,
    region.stretches.length / 2,
    region.threshold,
    rule.cut,
    rule.enter,
    rule.leave,
    region.approximate ? 'yes' : 'no',
    region.review?.reviewed ?? 0,
    region.review && region.frames > 0 ? region.review.reviewed / region.frames : 0,
    region.review?.estimate ?? null,
    region.review?.low ?? null,
    region.review?.high ?? null,
  ])
  return csv([...header, ...ruleHeader, ...reviewHeader], rows)
}

/** One row a frame: its number, its time, and 1 or 0 for each region and group. */
export function framesCsv({ frames, regions, times }: CountedRun): string {
  const flags = regions.map(({ stretches }) => toFlags(stretches, frames.length))
  const clock = clockOf(times.startTime)
  const rows = frames.map((frame, position): CsvCell[] => {
    const seconds = times.seconds[position] ?? 0
    const occupied = flags.map((region) => region[position] ?? 0)
    return [frame, Math.round(seconds * 1e6) / 1e6, clock(seconds), ...occupied]
  })
  return csv(['frame', 'seconds', 'time', ...regions.map(({ name }) => name)], rows)
}

/** One row an event, region by region. */
export function eventsCsv(run: CountedRun): string {
  const spans = spansOf(run)
  const header = ['region', 'firstFrame', 'lastFrame', 'frames', 'beginSeconds', 'endSeconds']
  const rows = run.regions.flatMap((region) =>
    countedEvents(run, region, spans).map((event): CsvCell[] => [
      region.name,
      event.firstFrame,
      event.lastFrame,
      event.frames,
      event.beginSeconds,
      event.endSeconds,
      event.begin,
      event.end,
    ]),
  )
  return csv([...header, 'begin', 'end'], rows)
}

/** One row a period and region. */
export function periodsCsv(
  regions: readonly { name: string; periods: readonly PeriodCount[] }[],
): string {
  const rows = regions.flatMap(({ name, periods }) =>
    periods.map(({ period, frames, occupied, share, events }): CsvCell[] => [
      period.start,
      period.end,
      name,
      frames,
      occupied,
      share,
      events,
    ]),
  )
  return csv(['start', 'end', 'region', 'frames', 'occupied', 'share', 'events'], rows)
}
