/**
 * @file `infer` over a fisheye tape (decode, dewarp, network, scores, maps) against the time that ONNX
 * Runtime alone needs for as many pictures, in its best arrangement. Arguments: [FRAMES] [ROUNDS].
 */
import { join } from 'node:path'
import { startCompute } from '../src/engine/compute/start-compute.ts'
import { alternate, median, type Row, report, seconds } from './common.ts'
import { fisheyeTape, inferTask } from './infer-task.ts'
import { type Arrangement, type RuntimeAlone, runtimeAlone } from './runtime-alone.ts'

const frames = Number(process.argv[2] ?? 740)
const rounds = Number(process.argv[3] ?? 3)
const threads = 2
const target = 1.3

const arrangements: Record<string, Arrangement> = {
  'ONNX Runtime, 1 session x 2 threads': { sessions: 1, threads: 2, batch: 1 },
  'ONNX Runtime, 2 sessions x 1 thread': { sessions: 2, threads: 1, batch: 1 },
  'ONNX Runtime, 2 sessions x 1 thread, 4 pictures a run': { sessions: 2, threads: 1, batch: 4 },
}
const ours = 'maskbench infer'

await using compute = startCompute()
const index = await compute.run('indexTape', { path: fisheyeTape })
const whole = await inferTask(index, threads)
const task = { ...whole, frames: whole.frames.slice(0, frames) }

const runtimes = new Map<string, RuntimeAlone>()
for (const [name, arrangement] of Object.entries(arrangements))
  runtimes.set(
    name,
    await runtimeAlone(join(task.modelFolder, 'model.onnx'), task.input.width, arrangement),
  )

const results = await alternate(rounds, {
  [ours]: () => seconds(() => compute.run('infer', task)),
  ...Object.fromEntries([...runtimes].map(([name, alone]) => [name, () => alone.time(frames)])),
})
for (const alone of runtimes.values()) await alone[Symbol.asyncDispose]()

const milliseconds = (name: string): number => (1000 * median(results.get(name) ?? [])) / frames
const best = Math.min(...[...runtimes.keys()].map(milliseconds))
const rows: Row[] = [...results].map(([name, times]) => ({
  program: name,
  'ms a frame (median)': milliseconds(name),
  fastest: (1000 * Math.min(...times)) / frames,
  slowest: (1000 * Math.max(...times)) / frames,
  'of the best runtime': milliseconds(name) / best,
}))
await report(
  'infer',
  `infer over ${frames} frames 1024x1024, ${task.regions.length} regions in 500x500, network at ` +
    `320x320, ${threads} threads: at most ${target} of ONNX Runtime alone`,
  rows,
)
