/**
 * @file Memory of the compute process during `infer` over a long tape: its slope after warm-up.
 * Arguments: [FRAMES]. Linux only: it reads /proc.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { startCompute } from '../src/engine/compute/start-compute.ts'
import { type Row, report, scratch } from './common.ts'
import { fisheyeTape, inferTask } from './infer-task.ts'

const frames = Number(process.argv[2] ?? 13_500)
const warmUpFrames = Math.min(2000, Math.floor(frames / 4))
const threads = 2

/** Resident memory of a process in MB. */
function residentMegabytes(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** Slope of the straight line through points, by least squares. */
function slope(points: readonly { frame: number; megabytes: number }[]): number {
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
  const frame = mean(points.map((point) => point.frame))
  const megabytes = mean(points.map((point) => point.megabytes))
  const covariance = points.map((p) => (p.frame - frame) * (p.megabytes - megabytes))
  const variance = points.map((p) => (p.frame - frame) ** 2)
  return mean(covariance) / mean(variance)
}

const tape = scratch('long.mp4')
try {
  const loops = String(Math.ceil(frames / 740) - 1)
  const args = ['-stream_loop', loops, '-i', fisheyeTape, '-frames:v', String(frames), '-c', 'copy']
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args, tape])
  await using compute = startCompute()
  const task = await inferTask(await compute.run('indexTape', { path: tape }), threads)
  const points: { frame: number; megabytes: number }[] = []
  await compute.run('infer', task, {
    onProgress: ({ done }) => {
      points.push({ frame: done, megabytes: residentMegabytes(compute.processId ?? 0) })
    },
  })
  const warm = points.filter(({ frame }) => frame >= warmUpFrames)
  const rows: Row[] = [
    {
      frames,
      'warm-up frames': warmUpFrames,
      'MB after warm-up': warm[0]?.megabytes ?? Number.NaN,
      'MB at the end': warm.at(-1)?.megabytes ?? Number.NaN,
      'MB at most': Math.max(...points.map(({ megabytes }) => megabytes)),
      'MB per 1000 frames': 1000 * slope(warm),
    },
  ]
  await report('infer-memory', 'Memory of infer: slope below 1 MB per 1000 frames', rows)
} finally {
  rmSync(tape, { force: true })
}
