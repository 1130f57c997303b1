import { describe, expect, test } from 'vitest'
import {
  countsCsv,
  eventsCsv,
  framesCsv,
  periodsCsv,
} from '../../../src/engine/formats/count-csv.ts'
import { countDocument } from '../../../src/engine/formats/count-json.ts'
import type { CountedRun } from '../../../src/engine/formats/counted.ts'
import { countRun } from '../../../src/shared/count/count.ts'
import { countPerPeriod, hourPeriods } from '../../../src/shared/count/periods.ts'

const rule = { threshold: 50, cut: 0.5, enter: 0, leave: 0 }

/** Every other frame of a tape of 2 frames/s that begins a second before six. */
function sampledRun(): CountedRun {
  const sums = Float64Array.of(60, 60, 10, 60)
  const [count] = countRun([{ sums, threshold: null, group: null }], rule)
  if (!count) throw new Error('one region was counted')
  return {
    rule,
    frames: [0, 2, 4, 6],
    regions: [
      {
        ...count,
        name: 'bench, left',
        members: [],
        threshold: 50,
        approximate: false,
        review: { reviewed: 1, estimate: 3, low: 2, high: 4 },
      },
      {
        ...count,
        name: 'any',
        members: ['bench, left', 'door'],
        threshold: null,
        approximate: true,
        review: null,
      },
    ],
    times: { seconds: Float64Array.of(0, 1, 2, 3), startTime: '2026-01-31T05:59:59+01:00' },
    framesPerSecond: 2,
  }
}

describe('A count as CSV', () => {
  test('has one row a region and group, each with the rule it was counted by', () => {
    expect(countsCsv(sampledRun()).split('\r\n')).toEqual([
      'region,members,frames,occupied,share,events,threshold,cut,enter,leave,approximate,reviewed,reviewedShare,estimate,low90,high90',
      '"bench, left",,4,3,0.75,2,50,0.5,0,0,no,1,0.25,3,2,4',
      'any,"bench, left; door",4,3,0.75,2,,0.5,0,0,yes,0,0,,,',
      '',
    ])
  })

  test('has one row a frame, with clock time where it is known', () => {
    expect(framesCsv(sampledRun()).split('\r\n').slice(0, 4)).toEqual([
      'frame,seconds,time,"bench, left",any',
      '0,0,2026-01-31T05:59:59+01:00,1,1',
      '2,1,2026-01-31T06:00:00+01:00,1,1',
      '4,2,2026-01-31T06:00:01+01:00,0,0',
    ])
  })

  test('has one row an event, which ends when the next measured frame begins', () => {
    expect(eventsCsv(sampledRun()).split('\r\n').slice(0, 3)).toEqual([
      'region,firstFrame,lastFrame,frames,beginSeconds,endSeconds,begin,end',
      '"bench, left",0,2,2,0,2,2026-01-31T05:59:59+01:00,2026-01-31T06:00:01+01:00',
      '"bench, left",6,6,1,3,4,2026-01-31T06:00:02+01:00,2026-01-31T06:00:03+01:00',
    ])
  })

  test('leaves clock times empty where they are not known', () => {
    const run = sampledRun()
    const unknown = { ...run, times: { ...run.times, startTime: null } }
    expect(eventsCsv(unknown)).toContain('"bench, left",0,2,2,0,2,,\r\n')
  })

  test('has one row an hour and region', () => {
    const run = sampledRun()
    const hours = hourPeriods(run.times)
    const list = run.regions.map((each) => ({
      name: each.name,
      periods: countPerPeriod(each, hours),
    }))
    expect(periodsCsv(list).split('\r\n').slice(0, 3)).toEqual([
      'start,end,region,frames,occupied,share,events',
      '2026-01-31T05:00:00+01:00,2026-01-31T06:00:00+01:00,"bench, left",1,1,1,1',
      '2026-01-31T06:00:00+01:00,2026-01-31T07:00:00+01:00,"bench, left",3,2,0.6666666666666666,1',
    ])
  })
})

describe('A count as JSON', () => {
  test('holds rule, frames, regions, groups and their events', () => {
    expect(JSON.parse(JSON.stringify(countDocument(sampledRun())))).toMatchObject({
      threshold: 50,
      cut: 0.5,
      frames: 4,
      frameList: '0-6/2',
      rois: [
        {
          name: 'bench, left',
          threshold: 50,
          occupied: 3,
          share: 0.75,
          events: [{ firstFrame: 0, lastFrame: 2, beginSeconds: 0, endSeconds: 2 }, { frames: 1 }],
        },
        { name: 'any', members: ['bench, left', 'door'], approximate: true },
      ],
    })
  })
})
