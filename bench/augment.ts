/**
 * @file Augmentation of a 512x512 picture with its mask, in processor time a sample on one core: a
 * typical pipeline and single operations, against the same drawn values in OpenCV, and a pipeline of
 * the same make in albumentations where the peers' Python has it. Arguments: [SAMPLES].
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { augment } from '../src/engine/augment/augment.ts'
import type { Sample } from '../src/engine/augment/sample.ts'
import { randomFor } from '../src/engine/train/samples/random.ts'
import { type AugmentationNode, augmentationSchema } from '../src/shared/augmentation.ts'
import { hasPeer, peerPython, type Row, report, runProgram, scratch } from './common.ts'

const count = Number(process.argv[2] ?? 60)
const side = 512

/** The most that a sample may take. */
const limitMs = 50

const affine = {
  ...{ kind: 'affine', probability: 0.8, rotate: [-45, 45], scale: [0.8, 1.25] },
  ...{ shearX: [-8, 8], translateX: [-0.1, 0.1] },
}
const sharpen = { kind: 'sharpen', alpha: [0, 1], lightness: [0.75, 1.5] }
const oneOf = [{ kind: 'clahe' }, { kind: 'equalise' }, sharpen, { kind: 'gaussian-blur' }]
const typical = [
  { kind: 'flip-left-right' },
  affine,
  { kind: 'one-of', steps: oneOf },
  { kind: 'contrast' },
  { kind: 'brightness' },
]
const single = ['gamma', 'hue-saturation', 'noise', 'clahe', 'equalise', 'sharpen']
const works: Record<string, AugmentationNode> = {
  'typical pipeline': augmentationSchema.parse(typical),
  affine: augmentationSchema.parse([{ ...affine, probability: 1 }]),
}
for (const kind of [...single, 'gaussian-blur', 'jpeg', 'flip-left-right'])
  works[kind] = augmentationSchema.parse([{ kind, probability: 1 }])

/** Waves with noise: as much in every part as a photograph. */
function drawSample(): Sample {
  const random = randomFor(1)
  const picture = Uint8Array.from({ length: 3 * side * side }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)]
    return 128 + 60 * Math.sin(x / 23 + i) + 40 * Math.sin(y / 17) + 10 * random.normal()
  })
  return { width: side, height: side, picture, mask: new Uint8Array(side * side) }
}

const sample = drawSample()

/** Milliseconds of processor time a sample, and what was drawn for each. */
async function measure(pipeline: AugmentationNode) {
  const run = (image: number) => augment(sample, pipeline, { seed: 1, epoch: 0, image })
  for (let image = 0; image < 10; image++) await run(image)
  const drawn: object[][] = []
  const before = process.cpuUsage()
  for (let image = 0; image < count; image++) {
    const made = await run(image)
    drawn.push(made.drawn.map(({ kind, values }) => ({ kind, ...values })))
  }
  const { user, system } = process.cpuUsage(before)
  return { milliseconds: (user + system) / 1000 / count, drawn }
}

const peerSchema = z.object({
  opencv: z.record(z.string(), z.number()),
  albumentations: z.number().nullable(),
})

async function measurePeers(drawn: Record<string, object[][]>) {
  if (!(await hasPeer('cv2'))) {
    console.log('OpenCV is not installed for MASKBENCH_PEER_PYTHON; it is left out.')
    return { opencv: {}, albumentations: null }
  }
  const folder = scratch('augment')
  await mkdir(folder, { recursive: true })
  try {
    const [picture, values] = [join(folder, 'picture.raw'), join(folder, 'drawn.json')]
    await writeFile(picture, sample.picture)
    await writeFile(values, JSON.stringify(drawn))
    const script = join(import.meta.dirname, 'peers', 'augment.py')
    return peerSchema.parse(await runProgram(peerPython, [script, picture, `${side}`, values]))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const ours: Record<string, number> = {}
const drawn: Record<string, object[][]> = {}
for (const [name, pipeline] of Object.entries(works)) {
  const found = await measure(pipeline)
  ours[name] = found.milliseconds
  drawn[name] = found.drawn
}
const peers = await measurePeers(drawn)
const rows: Row[] = Object.entries(ours).map(([work, milliseconds]) => ({
  work,
  'maskbench ms': milliseconds,
  'OpenCV ms': peers.opencv[work] ?? '-',
  'albumentations ms': (work === 'typical pipeline' && peers.albumentations) || '-',
}))
await report('augment', `Augment a ${side}x${side} picture and its mask, processor time`, rows)
if ((ours['typical pipeline'] ?? 0) > limitMs) {
  console.error(`the typical pipeline takes more than ${limitMs} ms`)
  process.exitCode = 1
}
