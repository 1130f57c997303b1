/**
 * @file Forward passes of the zoo's networks at 512x512: this engine's session against the same
 * layers in PyTorch at its best settings, two threads each, in turn. Arguments: [ROUNDS] [NETWORK].
 */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { openSession } from '../src/engine/infer/session.ts'
import { builtInId } from '../src/engine/models/built-in.ts'
import { architectureNames, architectureOf } from '../src/engine/models/zoo/architectures.ts'
import { writeOnnx } from '../src/engine/onnx/file.ts'
import { floatTensor } from '../src/engine/onnx/tensor.ts'
import { fillGolden } from '../test/fixtures/zoo-weights.ts'
import {
  alternate,
  hasPeer,
  keepPages,
  median,
  peerPython,
  type Row,
  report,
  scratch,
} from './common.ts'
import { torchSteps } from './zoo-steps.ts'

const run = promisify(execFile)
const rounds = Number(process.argv[2] ?? 3)
const runsPerRound = 5
const threads = 2
const side = 512
/** Largest part of PyTorch's time. */
const target = 0.8

const measuredSchema = z.object({ eager: z.number(), optimised: z.number() })

const folder = scratch('zoo-forward')
const modelFile = join(folder, 'model.onnx')
const pixels = new Float32Array(3 * side * side).map((_, i) => Math.sin(i * 12.9898))

async function prepare(name: string): Promise<void> {
  const architecture = architectureOf(name)
  const graph = fillGolden(await architecture.build({ classes: architecture.classes.length }))
  await writeOnnx(modelFile, graph)
  const { steps, weights } = torchSteps(graph, [side, side])
  await writeFile(join(folder, 'steps.json'), JSON.stringify(steps))
  await writeFile(join(folder, 'weights.bin'), weights)
}

/** The faster one of PyTorch's ways. */
async function byTorch(): Promise<number> {
  const program = join(import.meta.dirname, 'peers', 'zoo_forward.py')
  const args = [program, folder, ...[side, side, threads, runsPerRound].map(String)]
  const { stdout } = await run(peerPython, args, { env: { ...process.env, ...keepPages } })
  const { eager, optimised } = measuredSchema.parse(
    JSON.parse(stdout.trim().split('\n').at(-1) ?? ''),
  )
  return Math.min(eager, optimised)
}

/** The largest difference between our logits and PyTorch's, over the largest logit. */
async function distanceToTorch(data: ArrayLike<number | bigint> | undefined): Promise<number> {
  const theirs = new Float32Array(new Uint8Array(await readFile(join(folder, 'logits.bin'))).buffer)
  let [worst, largest] = [0, 0]
  for (const [i, value] of theirs.entries()) {
    worst = Math.max(worst, Math.abs(value - Number(data?.[i])))
    largest = Math.max(largest, Math.abs(value))
  }
  return worst / largest
}

async function compare(name: string, withTorch: boolean): Promise<Row[]> {
  await prepare(name)
  const shapes = { image: [1, 3, side, side] }
  await using session = await openSession(modelFile, { device: 'cpu', threads, shapes })
  const feeds = { image: floatTensor(shapes.image, pixels) }
  let results = await session.run(feeds)
  const byUs = async (): Promise<number> => {
    const times: number[] = []
    for (let i = 0; i < runsPerRound + 2; i++) {
      const started = performance.now()
      results = await session.run(feeds, results)
      times.push(performance.now() - started)
    }
    return median(times.slice(2))
  }
  const times = await alternate(rounds, { maskbench: byUs, ...(withTorch && { PyTorch: byTorch }) })
  const peer = times.get('PyTorch')
  const difference = peer ? await distanceToTorch(results.logits?.data) : ''
  return [...times].map(([program, measured]) => ({
    network: name,
    program,
    'ms (median)': median(measured),
    fastest: Math.min(...measured),
    'part of PyTorch': peer ? median(measured) / median(peer) : '',
    target: program === 'maskbench' ? target : 1,
    'largest difference': program === 'maskbench' ? difference : '',
  }))
}

const withTorch = await hasPeer('torch')
if (!withTorch) console.log('PyTorch is not installed for MASKBENCH_PEER_PYTHON; it is left out.')
await mkdir(folder, { recursive: true })
try {
  await writeFile(join(folder, 'image.bin'), new Uint8Array(pixels.buffer))
  // The built-in one has a benchmark of its own.
  const names = architectureNames.filter((name) => name !== builtInId)
  const wanted = names.filter((name) => [undefined, name].includes(process.argv[3]))
  const rows: Row[] = []
  for (const name of wanted) {
    const measured = await compare(name, withTorch)
    console.log(measured.map((row) => Object.values(row).join('  ')).join('\n'))
    rows.push(...measured)
  }
  await report(
    'zoo-forward',
    `Forward passes of the zoo, ${side}x${side}, ${threads} threads`,
    rows,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
