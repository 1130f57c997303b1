/** @file A count as one JSON document, events with their frames and times included. */
import { formatFrameList } from '../../shared/frame-list.ts'
import { type CountedRun, countedEvents, spansOf } from './counted.ts'

/**
 * `frameList` is written as the command line reads it; `review` is null where nobody has reviewed,
 * else the frames that were, and the occupied frames by them, with a 90 % interval.
 */
export function countDocument(run: CountedRun) {
  const spans = spansOf(run)
  return {
    ...run.rule,
    frames: run.frames.length,
    frameList: formatFrameList(run.frames),
    startTime: run.times.startTime,
    rois: run.regions.map((region) => ({
      name: region.name,
      ...(region.members.length > 0
        ? { members: region.members }
        : { threshold: region.threshold }),
      occupied: region.occupied,
      share: region.share,
      approximate: region.approximate,
      review: region.review,
      events: countedEvents(run, region, spans),
    })),
  }
}
