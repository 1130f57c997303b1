import { copyFile, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { failure, maskbench, result } from '../fixtures/maskbench.ts'
import { describeWithShared, sharedPath } from '../fixtures/shared.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()
const masks = sharedPath('data', 'humanbody2', 'masks')

/** 24 frames in which three people walk through the picture. */
const frames = '300-323'

const anything = z.looseObject({})
const inferred = z.looseObject({ run: z.number(), frames: z.number(), inferred: z.number() })
const roi = z.looseObject({
  name: z.string(),
  occupied: z.number(),
  approximate: z.boolean(),
  events: z.array(z.looseObject({ firstFrame: z.number(), lastFrame: z.number() })),
})
const counted = z.looseObject({
  run: z.number(),
  threshold: z.number(),
  cut: z.number(),
  frames: z.number(),
  rois: z.array(roi),
})
const evaluated = z.looseObject({
  frames: z.number(),
  classes: z.array(z.looseObject({ name: z.string(), iou: z.number().nullable() })),
  occupancy: z.looseObject({
    f1: z.number(),
    rois: z.array(z.looseObject({ name: z.string(), counted: z.number(), true: z.number() })),
  }),
})

describeWithShared('The main job, from a tape to counts', () => {
  let project = ''
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>

  beforeAll(async () => {
    dataFolder = await freshDataFolder()
    project = temporary('hall.maskbench')
    await copyFile(sharedPath('data', 'humanbody2', 'video.mp4'), temporary('hall.mp4'))
    await result(
      anything,
      ...['create', project, '--tape', temporary('hall.mp4')],
      ...['--start', '2026-05-01T05:59:50+02:00'],
    )
    await result(anything, 'roi', 'grid', project, '4x4')
    await result(inferred, 'infer', project, '--frames', frames, '--input', '160x120')
  })
  afterAll(() => dataFolder.remove())

  it('creates a project that knows its tape', async () => {
    const info = await result(
      z.looseObject({
        tapes: z.array(z.looseObject({ frames: z.number(), width: z.number(), fps: z.number() })),
        rois: z.array(anything),
      }),
      'info',
      project,
    )
    expect(info.tapes).toMatchObject([{ frames: 740, width: 320, height: 240, fps: 25 }])
    expect(info.rois).toHaveLength(16)
  })

  it('infers nothing twice', async () => {
    const again = await result(
      inferred,
      ...['infer', project, '--frames', frames, '--input', '160x120'],
    )
    expect(again).toMatchObject({ frames: 24, inferred: 0 })
  })

  it('counts the same frames as it evaluates', async () => {
    for (const rule of [[], ['--threshold', '20', '--cut', '0.25'], ['--cut', '0']]) {
      const count = await result(counted, 'count', project, ...rule)
      const evaluation = await result(
        evaluated,
        ...['evaluate', project, '--truth', masks, '--map', '170=ignore', '--frames', frames],
        ...rule,
      )
      expect(evaluation.frames).toBe(24)
      expect(evaluation.occupancy.rois.map((each) => each.counted)).toEqual(
        count.rois.map((each) => each.occupied),
      )
    }
  })

  it('finds the people that are there', async () => {
    const { classes, occupancy } = await result(
      evaluated,
      ...['evaluate', project, '--truth', masks, '--map', '170=ignore', '--frames', frames],
    )
    expect(classes.find(({ name }) => name === 'person')?.iou).toBeGreaterThan(0.4)
    expect(occupancy.f1).toBeGreaterThan(0.6)
  })

  it('counts fewer frames the higher the threshold', async () => {
    const low = await result(counted, 'count', project, '--threshold', 10)
    const high = await result(counted, 'count', project, '--threshold', 500)
    const total = ({ rois }: z.output<typeof counted>) =>
      rois.reduce((sum, each) => sum + each.occupied, 0)
    expect(total(low)).toBeGreaterThan(total(high))
  })

  it('counts per hour by the clock where it knows the time', async () => {
    const { periods } = await result(
      z.looseObject({
        periods: z.array(
          z.looseObject({
            periods: z.array(z.looseObject({ period: anything, frames: z.number() })),
          }),
        ),
      }),
      ...['count', project, '--per', 'hour'],
    )
    const [first] = periods
    // Frame 300 is 12 s after 05:59:50.
    expect(first?.periods).toMatchObject([
      { period: { start: '2026-05-01T06:00:00+02:00' }, frames: 24 },
    ])
  })

  it('takes masks as labels and gives the same masks back', async () => {
    const imported = await result(
      z.looseObject({ imported: z.number(), classes: z.array(z.string()) }),
      ...['labels', 'import', project, '--masks', masks, '--frames', 'even:8'],
      ...['--map', '170=ignore'],
    )
    expect(imported).toMatchObject({ imported: 8, classes: ['background', 'person'] })
    await result(anything, 'labels', 'export', project, temporary('labels'))
    const files = await readdir(temporary('labels'))
    expect(files).toHaveLength(8)
    const other = temporary('other.maskbench')
    await result(anything, 'create', other, '--like', project, '--tape', temporary('hall.mp4'))
    await result(anything, 'labels', 'import', other, '--masks', temporary('labels'))
    await result(anything, 'labels', 'export', other, temporary('labels2'))
    for (const file of files)
      expect(await readFile(temporary('labels2', file))).toEqual(
        await readFile(temporary('labels', file)),
      )
  })

  it('refuses masks with undeclared values and stores none of them', async () => {
    const empty = temporary('empty.maskbench')
    await result(anything, 'create', empty, '--tape', temporary('hall.mp4'))
    const error = await failure('labels', 'import', empty, '--masks', masks, '--frames', '300')
    expect(error).toMatchObject({ exit: 2, code: 'undeclared-values' })
    expect(error.message).toMatch(/000300\.png .*: 170 \(\d+ px\)/)
    const { labels } = await result(
      z.looseObject({ labels: z.array(anything) }),
      'labels',
      'list',
      empty,
    )
    expect(labels).toEqual([])
  })

  it.each([
    ['csv', /^region,members,frames,occupied/],
    ['csv-frames', /^frame,seconds,time,r1c1/],
    ['csv-events', /^region,firstFrame/],
    ['csv-hours', /^start,end,region/],
    ['json', /"frameList": "300-323"/],
    ['html', /^<!DOCTYPE html>/],
  ])('exports %s', async (format, content) => {
    const file = temporary(`export.${format}`)
    await result(anything, 'export', project, file, '--format', format)
    expect(await readFile(file, 'utf8')).toMatch(content)
  })

  it('exports a report with truth and hidden people', async () => {
    const file = temporary('truth.html')
    await result(
      anything,
      ...['export', project, file, '--format', 'html', '--people', 'blurred'],
      ...['--truth', masks, '--map', '170=ignore'],
    )
    const html = await readFile(file, 'utf8')
    expect(html.includes('data:image/jpeg')).toBe(true)
    expect(html.includes('F1 against truth in 24 frames')).toBe(true)
  })

  it('exports masks that agree with its own pixel scores', async () => {
    await result(anything, 'export', project, temporary('predicted'), '--format', 'masks')
    expect(await readdir(temporary('predicted'))).toHaveLength(24)
    const own = await result(
      evaluated,
      ...['evaluate', project, '--truth', temporary('predicted'), '--frames', frames],
    )
    expect(own.classes.find(({ name }) => name === 'person')?.iou).toBe(1)
  })

  it.each(['source', 'recipe', 'overlay'])('shows a frame as %s', async (view) => {
    const file = temporary(`${view}.png`)
    await result(anything, 'frame', project, 310, '--out', file, '--view', view)
    expect(await sharp(file).metadata()).toMatchObject({ width: 320, height: 240, channels: 3 })
  })

  it('lists doubtful frames and leaves out the reviewed ones', async () => {
    const listed = z.looseObject({
      frames: z.array(z.looseObject({ frame: z.number(), region: z.string() })),
    })
    const before = await result(listed, 'review', 'list', project, '--limit', 5)
    const [first] = before.frames
    expect(before.frames).toHaveLength(5)
    await result(
      anything,
      ...['review', 'mark', project, '--roi', first?.region ?? '', '--yes'],
      ...['--frames', first?.frame ?? 0],
    )
    const after = await result(listed, 'review', 'list', project, '--limit', 5)
    expect(after.frames).not.toContainEqual(first)
  })

  it('scores a moved region from stored maps until it is inferred again', async () => {
    const moved = temporary('moved.maskbench')
    await result(anything, 'create', moved, '--like', project, '--tape', temporary('hall.mp4'))
    await result(inferred, 'infer', moved, '--frames', frames, '--input', '160x120')
    await result(anything, 'roi', 'grid', moved, '3x2')
    const approximate = await result(counted, 'count', moved)
    expect(approximate.rois.map((each) => each.approximate)).toEqual(Array(6).fill(true))
    const again = await result(
      inferred,
      ...['infer', moved, '--frames', frames, '--input', '160x120'],
    )
    expect(again.inferred).toBe(24)
    const exact = await result(counted, 'count', moved)
    expect(exact.rois.map((each) => each.approximate)).toEqual(Array(6).fill(false))
    for (const [i, { occupied }] of exact.rois.entries())
      expect(Math.abs(occupied - (approximate.rois[i]?.occupied ?? 0))).toBeLessThanOrEqual(2)
  })

  it('names a tape that has moved, and finds it again when told', async () => {
    const lost = temporary('lost.maskbench')
    await mkdir(temporary('tapes'))
    await copyFile(temporary('hall.mp4'), temporary('tapes', 'a.mp4'))
    await result(anything, 'create', lost, '--tape', temporary('tapes', 'a.mp4'))
    await rename(temporary('tapes', 'a.mp4'), temporary('tapes', 'b.mp4'))
    const missing = await failure('frame', lost, 3, '--out', temporary('lost.png'))
    expect(missing).toMatchObject({ exit: 1, code: 'tape-missing' })
    expect(missing.message).toContain(temporary('tapes', 'a.mp4'))
    const other = sharedPath('data', 'candela', 'video.mp4')
    expect(await failure('tape', 'relink', lost, 1, other)).toMatchObject({ code: 'tape-changed' })
    await result(anything, 'tape', 'relink', lost, 1, temporary('tapes', 'b.mp4'))
    await result(anything, 'frame', lost, 3, '--out', temporary('lost.png'))
    expect((await stat(temporary('lost.png'))).size).toBeGreaterThan(1000)
  })

  it('takes recipe, regions and network over to the next tape of the camera', async () => {
    const next = temporary('next.maskbench')
    await result(anything, 'create', next, '--like', project, '--tape', temporary('hall.mp4'))
    const { rois } = await result(z.looseObject({ rois: z.array(anything) }), 'roi', 'list', next)
    expect(rois).toHaveLength(16)
    const candela = sharedPath('data', 'candela', 'video.mp4')
    expect(await failure('tape', 'add', next, candela)).toMatchObject({
      exit: 2,
      code: 'tape-size-differs',
    })
  })

  it('copies its database', async () => {
    await result(anything, 'backup', project, temporary('copy.db'))
    expect((await readFile(temporary('copy.db'))).subarray(0, 15).toString()).toBe(
      'SQLite format 3',
    )
    expect(await failure('backup', project, temporary('copy.db'))).toMatchObject({
      exit: 2,
      code: 'file-exists',
    })
  })

  it('keeps an account of its long work', async () => {
    const { jobs } = await result(
      z.looseObject({ jobs: z.array(z.looseObject({ kind: z.string(), state: z.string() })) }),
      'jobs',
      project,
    )
    expect(new Set(jobs.map(({ kind, state }) => `${kind} ${state}`))).toContain('infer done')
  })

  it('says what the machine can do', async () => {
    const { code, json } = await maskbench('doctor')
    expect(code).toBe(0)
    expect(json).toMatchObject({ node: process.versions.node })
  })
})
