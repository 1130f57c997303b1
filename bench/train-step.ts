/**
 * @file One training step (loss, gradients, Adam; batch norm frozen, all weights): this engine against
 * PyTorch, in turn, each in a process of its own. Arguments: [ROUNDS] [NETWORK].
 */
import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { builtInOriginal } from '../src/engine/models/built-in.ts'
import {
  hasPeer,
  keepPages,
  median,
  peerPython,
  type Row,
  report,
  runProgram,
  scratch,
  sharedFile,
} from './common.ts'

const run = promisify(execFile)
const rounds = Number(process.argv[2] ?? 3)
const threads = 2

interface Case {
  network: string
  width: number
  height: number
  batch: number
  steps: number
  /** Largest part of PyTorch's time. */
  target: number
  /** MB that the process may take; null = not promised. */
  memory: number | null
}

const cases: readonly Case[] = [
  { network: 'built-in', width: 320, height: 240, batch: 8, steps: 4, target: 0.9, memory: null },
  { network: 'unet_vgg16', width: 256, height: 256, batch: 2, steps: 4, target: 0.9, memory: null },
  {
    ...{ network: 'deeplabv3_resnet50', width: 512, height: 512, batch: 1, steps: 3 },
    ...{ target: 0.9, memory: 4096 },
  },
]

const measurement = z.object({
  median: z.number(),
  least: z.number(),
  megabytes: z.number(),
  optimising: z.number().optional(),
})
type Measurement = z.infer<typeof measurement>

const measure = async (program: string, args: readonly string[], env = {}) =>
  measurement.parse(await runProgram(program, args, env))

const words = ({ network, width, height, batch, steps }: Case): string[] => [
  network,
  ...[width, height, batch, threads, steps].map(String),
]

const byUs = (one: Case) =>
  measure(process.execPath, [join(import.meta.dirname, 'train-step-run.ts'), ...words(one)])

const lab = sharedFile('peers', 'fewshot_lab.py')
const folder = scratch('train-step')

const byTorch = (one: Case) =>
  measure(
    peerPython,
    [join(import.meta.dirname, 'peers', 'train_step.py'), ...words(one), lab, folder],
    keepPages,
  )

async function compare(one: Case): Promise<Row[]> {
  const ours: Measurement[] = []
  const theirs: Measurement[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await byUs(one))
    theirs.push(await byTorch(one))
  }
  const peer = median(theirs.map((measured) => measured.median))
  const name = `${one.network} ${one.width}x${one.height}, batch ${one.batch}`
  return [['maskbench', ours] as const, ['PyTorch', theirs] as const].map(([program, measured]) => {
    const seconds = median(measured.map((one) => one.median))
    const optimising = measured.map((one) => one.optimising ?? Number.NaN)
    return {
      network: name,
      program,
      's a step (median)': seconds,
      least: Math.min(...measured.map((one) => one.least)),
      'part of PyTorch': seconds / peer,
      target: program === 'maskbench' ? one.target : 1,
      'optimiser %': program === 'maskbench' ? (100 * median(optimising)) / seconds : '',
      MB: Math.max(...measured.map((one) => one.megabytes)),
      'MB allowed': program === 'maskbench' ? (one.memory ?? '') : '',
    }
  })
}

if (!(await hasPeer('torch'))) console.log('PyTorch is not installed for MASKBENCH_PEER_PYTHON.')
await mkdir(folder, { recursive: true })
try {
  const model = dirname(builtInOriginal())
  await run(peerPython, [sharedFile('peers', 'export_weights.py'), model, folder])
  const wanted = cases.filter(({ network }) => [undefined, network].includes(process.argv[3]))
  const rows: Row[] = []
  for (const one of wanted) rows.push(...(await compare(one)))
  await report('train-step', `One training step, ${threads} threads`, rows)
} finally {
  await rm(folder, { recursive: true, force: true })
}
