/**
 * @file Decode, crop and dewarp 1024x1024 to 500x500 RGB: this reader against OpenCV
 * (`cv2.VideoCapture` and `cv2.remap`, two threads). Arguments: [TAPE] [ROUNDS].
 */
import { indexTape, openReader } from '../src/engine/media/tape.ts'
import {
  alternate,
  hasPeer,
  median,
  type Row,
  report,
  runPeer,
  seconds,
  sharedFile,
} from './common.ts'

const tape = process.argv[2] ?? sharedFile('data', 'fisheye_humanbody2', 'video.mp4')
const rounds = Number(process.argv[3] ?? 5)
const threads = 2

/** A lens of 180 degrees that fills the picture, seen straight ahead over 110 degrees. */
const view = { lensDegrees: 180, viewDegrees: 110, size: 500 }

const filters = [
  `v360=fisheye:flat:ih_fov=${view.lensDegrees}:iv_fov=${view.lensDegrees}`,
  `h_fov=${view.viewDegrees}:v_fov=${view.viewDegrees}:w=${view.size}:h=${view.size}`,
].join(':')

const opencv = `
import cv2, json, math, sys, time
import numpy as np
tape, lens, view, size, threads = sys.argv[1], *map(float, sys.argv[2:])
size = int(size)
cv2.setNumThreads(int(threads))
capture = cv2.VideoCapture(tape)
width = capture.get(cv2.CAP_PROP_FRAME_WIDTH)
side = (np.arange(size) + 0.5) / size - 0.5
x, y = np.meshgrid(side, side)
z = 0.5 / math.tan(math.radians(view / 2))
r = np.hypot(x, y)
pixels = np.arctan2(r, z) / math.radians(lens / 2) * width / 2
maps = [(width / 2 + axis / r * pixels - 0.5).astype(np.float32) for axis in (x, y)]
maps = cv2.convertMaps(*maps, cv2.CV_16SC2)
frames, start = 0, time.perf_counter()
while True:
    read, picture = capture.read()
    if not read: break
    cv2.remap(picture, *maps, cv2.INTER_LINEAR)
    frames += 1
print(json.dumps(frames / (time.perf_counter() - start)))
`

async function byOpenCv(): Promise<number> {
  const { lensDegrees, viewDegrees, size } = view
  const args = [tape, lensDegrees, viewDegrees, size, threads].map(String)
  return Number(await runPeer(opencv, args))
}

const index = await indexTape(tape)
const everyFrame = Array.from(index.pts, (_, frame) => frame)

async function byReader(): Promise<number> {
  const took = await seconds(async () => {
    await using reader = await openReader(index.info, index, { filters, threads })
    for await (const _ of reader.frames(everyFrame));
  })
  return index.frames / took
}

const competitors: Record<string, () => Promise<number>> = { maskbench: byReader }
if (await hasPeer('cv2')) competitors.OpenCV = byOpenCv
else console.log('OpenCV is not installed for MASKBENCH_PEER_PYTHON; it is left out.')

const results = await alternate(rounds, competitors)
const ours = median(results.get('maskbench') ?? [])
const rows: Row[] = [...results].map(([name, rates]) => ({
  program: name,
  'frames/s (median)': median(rates),
  slowest: Math.min(...rates),
  fastest: Math.max(...rates),
  'maskbench is faster by': ours / median(rates),
}))
await report(
  'decode',
  `Decode and dewarp ${index.frames} frames to 500x500 RGB, ${threads} threads`,
  rows,
)
