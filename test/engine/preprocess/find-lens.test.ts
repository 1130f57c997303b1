import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { findLens } from '../../../src/engine/preprocess/find-lens.ts'
import { renderSample } from '../../../src/engine/sample/render-sample.ts'
import { recipeSchema, type Size } from '../../../src/shared/recipe.ts'
import { parseSize } from '../../../src/shared/recipe-text.ts'
import { caught } from '../../fixtures/caught.ts'
import { lensScene, type SceneOptions } from '../../fixtures/lens-scene.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const size = { width: 640, height: 480 }
const circle = { cx: 310, cy: 236, radius: 215 }

/** Two pictures of a made-up tape between which everything in the room has changed. */
function findIn(options: SceneOptions) {
  return findLens([lensScene(options), lensScene({ ...options, seed: 5 })], options.size)
}

describe('The image circle is found', () => {
  test.each<[string, Partial<SceneOptions>]>([
    ['in a black surround', {}],
    ['cut off above and below', { circle: { cx: 315, cy: 230, radius: 290 } }],
    ['of which only the corners show the rim', { circle: { cx: 320, cy: 240, radius: 355 } }],
    ['far off the middle, half of it outside', { circle: { cx: 480, cy: 300, radius: 300 } }],
    ['with a third of its rim on a black floor', { darkSector: [40, 160] }],
    ['in a white surround', { surround: [240, 240, 240] }],
    ['in a surround of some other colour', { surround: [75, 65, 50] }],
    ['in a surround with stray light and noise', { surround: [28, 24, 30], noise: 12 }],
    [
      'under a title bar, with text burnt in',
      {
        overlays: [
          [0, 0, 640, 24, 220],
          [10, 40, 200, 60, 255],
          [450, 440, 630, 470, 255],
        ],
      },
    ],
    [
      'inside a bright frame',
      {
        overlays: [
          [0, 0, 640, 3, 255],
          [0, 477, 640, 480, 255],
          [0, 0, 3, 480, 255],
          [637, 0, 640, 480, 255],
        ],
      },
    ],
    [
      'between black bars that cut it off',
      {
        circle: { cx: 318, cy: 240, radius: 230 },
        overlays: [
          [0, 0, 130, 480, 0],
          [510, 0, 640, 480, 0],
        ],
      },
    ],
    [
      'in a small picture',
      { size: { width: 240, height: 180 }, circle: { cx: 126, cy: 88, radius: 80 } },
    ],
  ])('%s', (_, options) => {
    const truth = options.circle ?? circle
    const { lens, why } = findIn({ size, ...options, circle: truth })
    expect(Math.hypot(lens.cx - truth.cx, lens.cy - truth.cy)).toBeLessThanOrEqual(1.5)
    expect(Math.abs(lens.radius - truth.radius)).toBeLessThanOrEqual(1.5)
    expect(lens.fov).toBe(180)
    expect(why).toContain('180° is assumed')
  })

  test('with more confidence the more of its rim is seen', () => {
    const whole = findIn({ size, circle })
    const corners = findIn({ size, circle: { cx: 320, cy: 240, radius: 355 } })
    expect(whole.confidence).toBeGreaterThan(0.9)
    expect(corners.confidence).toBeLessThan(0.5)
  })

  test('and a view proposed no wider than what is lit', () => {
    const wide = findIn({ size, circle }).view
    expect(wide).toEqual({ yaw: 0, pitch: 0, roll: 0, hfov: 110, vfov: 110 })
    const dark = findIn({ size, circle, darkSector: [40, 160] }).view
    expect(dark.vfov).toBeGreaterThanOrEqual(60)
    const low = findIn({
      size: { width: 640, height: 300 },
      circle: { cx: 320, cy: 150, radius: 300 },
    })
    expect(low.view.hfov).toBe(110)
    expect(low.view.vfov).toBeGreaterThan(85)
    expect(low.view.vfov).toBeLessThanOrEqual(90)
  })
})

describe('No lens is found', () => {
  test.each<[string, Partial<SceneOptions>]>([
    ['by an ordinary camera', {}],
    [
      'between the bars of a letterbox',
      {
        overlays: [
          [0, 0, 640, 60, 0],
          [0, 420, 640, 480, 0],
        ],
      },
    ],
    [
      'in a picture framed in black, even in a square',
      {
        size: { width: 480, height: 480 },
        overlays: [
          [0, 0, 480, 100, 0],
          [0, 380, 480, 480, 0],
          [0, 0, 80, 480, 0],
          [400, 0, 480, 480, 0],
        ],
      },
    ],
    ['in a round lamp at night', { circle: { cx: 200, cy: 200, radius: 60 } }],
    ['in the dark', { circle: { cx: 320, cy: 240, radius: 0 } }],
  ])('%s', (_, options) => {
    const error = caught(() => findIn({ size, circle: null, ...options }))
    expect(error.code).toBe('no-lens-found')
    expect(error.hint).toContain('--lens CX,CY,RADIUS[,FOV]')
  })
})

/** Pictures of a tape, every 45th frame, decoded by Debian's FFmpeg. */
function picturesOf(tape: Size, file: string): Uint8Array[] {
  const selection = ['-vf', 'select=not(mod(n\\,45))', '-vsync', '0', '-frames:v', '4']
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', file, ...selection, ...raw], {
    maxBuffer: 2 ** 30,
  })
  const length = tape.width * tape.height * 3
  return Array.from({ length: bytes.length / length }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  )
}

test('The lens of the sample tape is found as its recipe has it', async () => {
  const tape = { width: 256, height: 256 }
  const sample = await renderSample(temporary('sample'), { frames: 2, size: 256 })
  const truth = recipeSchema.parse(JSON.parse(await readFile(sample.recipe, 'utf8'))).lens
  const { lens } = findLens(picturesOf(tape, sample.tape), tape)
  expect(Math.hypot(lens.cx - (truth?.cx ?? 0), lens.cy - (truth?.cy ?? 0))).toBeLessThan(1)
  expect(Math.abs(lens.radius - (truth?.radius ?? 0))).toBeLessThan(1)
})

describeWithShared('On real tapes', () => {
  // Circles measured by hand, on pictures enlarged with the circle drawn over them.
  test.each<[string, string, number, number, number]>([
    ['fisheye_phdf/test_video1.mp4', '472x496', 238, 266.5, 238.5],
    ['fisheye_phdf/test_video3.mp4', '1024x768', 515, 413, 369.5],
    ['fisheye_cepdof/Lunch3_000001.jpg', '2048x2048', 1024, 1024.5, 1024],
  ])('the circle of %s is where the eye sees it', (file, text, cx, cy, radius) => {
    const tape = parseSize(text)
    const { lens, view, confidence } = findLens(picturesOf(tape, sharedPath('data', file)), tape)
    expect(Math.hypot(lens.cx - cx, lens.cy - cy)).toBeLessThan(2)
    expect(Math.abs(lens.radius - radius)).toBeLessThan(2)
    expect(view).toMatchObject({ hfov: 110, vfov: 110 })
    expect(confidence).toBeGreaterThan(0.9)
  })

  test('a lens whose rim is dark is told from its frame, and the view from what is lit', () => {
    const tape = { width: 1024, height: 1024 }
    const found = findLens(
      picturesOf(tape, sharedPath('data', 'fisheye_humanbody2', 'video.mp4')),
      tape,
    )
    expect(found.lens).toMatchObject({ cx: 512, cy: 512, radius: 512, fov: 180 })
    expect(Math.abs(found.view.hfov - 110)).toBeLessThanOrEqual(2)
    expect(Math.abs(found.view.vfov - 93.9)).toBeLessThanOrEqual(2)
    expect(found.confidence).toBeLessThan(0.5)
  })

  test.each([
    ['humanbody2/video.mp4', '320x240'],
    ['vtest/vtest.avi', '768x576'],
    ['candela/video.mp4', '352x288'],
    ['hallandmonitor/video.mp4', '352x240'],
  ])('%s has no lens', (file, text) => {
    const tape = parseSize(text)
    const pictures = picturesOf(tape, sharedPath('data', file))
    expect(caught(() => findLens(pictures, tape)).code).toBe('no-lens-found')
  })
})
