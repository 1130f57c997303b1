/**
 * @file What the recommended preset costs on humanbody2: from the command to the network on all 8
 * painted frames against PyTorch's time for the recipe it comes from, in turn; the memory meanwhile;
 * and what the network then costs in inference. Arguments: [ROUNDS]. Linux only: it reads /proc.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { z } from 'zod'
import { loadFrameIndex } from '../src/engine/db/frame-indexes.ts'
import { openSession } from '../src/engine/infer/session.ts'
import { trainProject } from '../src/engine/jobs/train-project.ts'
import { builtInOriginal } from '../src/engine/models/built-in.ts'
import { floatTensor } from '../src/engine/onnx/tensor.ts'
import {
  alternate,
  hasPeer,
  keepPages,
  median,
  peerPython,
  type Row,
  report,
  scratch,
  seconds,
  sharedFile,
  skip,
} from './common.ts'
import { type OpenScene, withScene } from './fewshot-scenes.ts'

const run = promisify(execFile)
const rounds = Number(process.argv[2] ?? 1)
const threads = 2
const sceneName = 'humanbody2'
const inferenceRuns = 15

/** Lays the scene out as the peer reads it: pictures and masks in folders. */
async function layOut({ engine, source }: OpenScene, folder: string): Promise<void> {
  mkdirSync(join(folder, 'frames'), { recursive: true })
  symlinkSync(sharedFile('data', sceneName, 'masks'), join(folder, 'masks'))
  const index = loadFrameIndex(engine.project, source)
  const frames = Array.from({ length: index.frames }, (_, frame) => frame)
  await engine.compute.run(
    'readFrames',
    { index, filters: '', frames },
    {
      onData: async ({ frame, width, height, data }) => {
        const file = join(folder, 'frames', `${String(frame).padStart(6, '0')}.png`)
        await sharp(data, { raw: { width, height, channels: 3 } })
          .png({ compressionLevel: 1 })
          .toFile(file)
      },
    },
  )
}

/** Seconds of PyTorch's training, its frames already in memory. */
async function trainPeer(folder: string): Promise<number> {
  const program = join(import.meta.dirname, 'peers', 'fewshot.py')
  const args = [program, sharedFile('peers'), join(folder, 'weights'), folder, String(threads)]
  const { stdout } = await run(peerPython, args, { env: { ...process.env, ...keepPages } })
  const answer: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  return z.object({ seconds: z.number() }).parse(answer).seconds
}

/** Largest resident memory of a process so far, in MB. */
function peakMegabytes(processId: number | null): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** Milliseconds of one run of each network at 320x240, in turn. */
async function inferenceTimes(files: readonly string[]): Promise<number[]> {
  const picture = floatTensor([1, 3, 240, 320], new Float32Array(3 * 240 * 320).fill(0.1))
  const sessions = []
  for (const file of files) sessions.push(await openSession(file, { device: 'cpu', threads }))
  const competitors = Object.fromEntries(
    sessions.map((session, i) => [i, () => seconds(() => session.run({ image: picture }))]),
  )
  await alternate(2, competitors)
  const times = await alternate(inferenceRuns, competitors)
  for (const session of sessions) await session.release()
  return [...times.values()].map((each) => 1000 * median(each))
}

if (!(await hasPeer('torch'))) skip('PyTorch is not installed')
const folder = scratch('fewshot-peer')
try {
  await withScene(sceneName, 8, async (scene) => {
    const { engine } = scene
    await layOut(scene, folder)
    const weights = [dirname(builtInOriginal()), join(folder, 'weights')]
    await run(peerPython, [sharedFile('peers', 'export_weights.py'), ...weights])
    const trained: { base: string; own: string }[] = []
    const times = await alternate(rounds, {
      ours: () =>
        seconds(async () => {
          const words = { holdOut: 'none', device: 'cpu', threads }
          const { model, base } = await trainProject(engine, words, {}, {})
          trained.push({ base: base.folder, own: model.folder })
        }),
      PyTorch: () => trainPeer(folder),
    })
    const [ours = Number.NaN, peer = Number.NaN] = [...times.values()].map(median)
    const time: Row[] = [
      { program: 'maskbench train', seconds: ours, 'of PyTorch': ours / peer, target: 1 },
      { program: 'PyTorch, fewshot_lab.py', seconds: peer, 'of PyTorch': 1, target: 1 },
    ]
    await report('fewshot-time', `The recommended preset on ${sceneName}, ${threads} threads`, time)
    const memory = {
      'peak MB while training': peakMegabytes(engine.compute.processId),
      target: 2048,
    }
    await report('fewshot-memory', 'Memory of the compute process', [memory])
    const files = trained.slice(0, 1).flatMap(({ base, own }) => [base, own])
    const [plain = Number.NaN, adapted = Number.NaN] = await inferenceTimes(
      files.map((each) => join(each, 'model.onnx')),
    )
    const inference: Row[] = [
      { network: 'built-in', ms: plain, 'of the built-in': 1, target: 1.3 },
      { network: 'fine-tuned', ms: adapted, 'of the built-in': adapted / plain, target: 1.3 },
    ]
    await report('fewshot-inference', `One picture of 320x240, ${threads} threads`, inference)
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
