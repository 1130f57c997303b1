/**
 * @file Decode, crop and dewarp 1024x1024 to 500x500 RGB: this reader against OpenCV
 * (`cv2.VideoCapture` and `cv2.remap`, two threads), from the second frame on, when both are set
 * up. Processor time tells more than the rate on a machine that does other work as well.
 * Arguments: [TAPE] [ROUNDS].
 */
import { indexTape, openReader } from '../src/engine/media/tape.ts'
import { filterChain } from '../src/engine/preprocess/filter-chain.ts'
import { alternate, hasPeer, median, type Row, report, runPeer } from './common.ts'
import { fisheyeTape, recipe } from './infer-task.ts'

const tape = process.argv[2] ?? fisheyeTape
const rounds = Number(process.argv[3] ?? 5)
const threads = 2

/** What `recipe` says, for OpenCV. */
const view = { lensDegrees: 180, viewDegrees: 110, size: 500 }

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
def show():
    read, picture = capture.read()
    if read: cv2.remap(picture, *maps, cv2.INTER_LINEAR)
    return read
show()
frames, start, cpu = 0, time.perf_counter(), time.process_time()
while show(): frames += 1
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
print(json.dumps([frames / seconds, cpu / frames * 1000]))
`

/** Milliseconds of processor time per frame, measured beside the rates. */
const processorMs = new Map<string, number[]>()

function noteProcessorMs(name: string, milliseconds: number): void {
  processorMs.set(name, [...(processorMs.get(name) ?? []), milliseconds])
}

async function byOpenCv(): Promise<number> {
  const { lensDegrees, viewDegrees, size } = view
  const args = [tape, lensDegrees, viewDegrees, size, threads].map(String)
  const [rate, milliseconds] = (await runPeer(opencv, args)) as [number, number]
  noteProcessorMs('OpenCV', milliseconds)
  return rate
}

const index = await indexTape(tape)
const everyFrame = Array.from(index.pts, (_, frame) => frame)

async function byReader(): Promise<number> {
  await using reader = await openReader(index.info, index, {
    filters: filterChain(recipe, index.info),
    threads,
  })
  const pictures = reader.frames(everyFrame)[Symbol.asyncIterator]()
  await pictures.next()
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  while (!(await pictures.next()).done);
  const { user, system } = process.cpuUsage(cpu)
  const frames = index.frames - 1
  noteProcessorMs('maskbench', (user + system) / 1000 / frames)
  return frames / ((performance.now() - started) / 1000)
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
  'processor ms/frame': median(processorMs.get(name) ?? []),
  'maskbench is faster by': ours / median(rates),
}))
await report(
  'decode',
  `Decode and dewarp ${index.frames} frames to 500x500 RGB, ${threads} threads`,
  rows,
)
