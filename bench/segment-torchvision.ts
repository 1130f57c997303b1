/**
 * @file `segment --crop` against the same steps in torchvision: Resize(256), CenterCrop(224), ImageNet's
 * normalisation, an architecture with drawn weights, the largest logit of each pixel. Arguments: [PICTURES].
 */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { startCompute } from '../src/engine/compute/start-compute.ts'
import { readMask } from '../src/engine/formats/mask-file.ts'
import { ownClasses } from '../src/engine/infer/own-classes.ts'
import { namedNetwork } from '../src/engine/models/named-network.ts'
import { vocClasses } from '../src/engine/models/voc.ts'
import { segmentInput } from '../src/engine/segment/segment-input.ts'
import { lookSchema } from '../src/shared/segment.ts'
import {
  hasPeer,
  median,
  peerPython,
  type Row,
  report,
  runProgram,
  scratch,
  skip,
} from './common.ts'

if (!(await hasPeer('torchvision'))) skip(`${peerPython} has no torchvision`)
const count = Number(process.argv[2] ?? 8)
const architectures = ['lraspp_mobilenet_v3_large', 'deeplabv3_mobilenet_v3_large', 'fcn_resnet50']
const classes = ownClasses({ id: 'voc', classes: [...vocClasses] })
const folder = scratch('segment-torchvision')
const pictures = join(folder, 'pictures')
await mkdir(pictures, { recursive: true })

/** Waves and grain of different sizes: something of every frequency. */
async function draw(place: number): Promise<string> {
  const [width, height] = [320 + 61 * place, 480 - 23 * place]
  const data = Buffer.from(
    Uint8Array.from({ length: 3 * width * height }, (_, i) => {
      const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)]
      const wave = 60 * Math.sin(x / (7 + place) + c) + 50 * Math.cos(y / 11 - c * place)
      return 128 + wave + ((i * 2654435761) % 37) - 18
    }),
  )
  const path = join(pictures, `${place}.png`)
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path)
  return path
}

const paths: string[] = []
for (let place = 0; place < count; place++) paths.push(await draw(place))

const theirsSchema = z.object({ milliseconds: z.array(z.number()) })

async function compare(architecture: string): Promise<Row> {
  const own = join(folder, architecture)
  await mkdir(own)
  const program = join(import.meta.dirname, 'peers', 'segment.py')
  const theirs = theirsSchema.parse(
    await runProgram(peerPython, [program, own, architecture, ...paths]),
  )
  await using compute = startCompute()
  const weights = join(own, 'weights.pth')
  const model = await namedNetwork(weights, { dataFolder: folder }, { as: architecture })
  const look = lookSchema.parse({ crop: {} })
  const wish = { input: pictures, out: join(own, 'masks'), mode: 'mask', look, threads: 2 } as const
  const { seconds } = await segmentInput(compute, model, { ...wish, device: 'cpu' }, {})
  let [differ, pixels] = [0, 0]
  const found = new Set<number>()
  for (const path of paths) {
    const name = path.slice(pictures.length + 1, -'.png'.length)
    const mask = await readFile(join(own, `${name}.mask`))
    const values = await indices(join(own, 'masks', `${name}.png`))
    for (const [i, value] of values.entries()) if (value !== mask[i]) differ++
    for (const value of mask) found.add(value)
    pixels += mask.length
  }
  return {
    architecture,
    pixels,
    'of another class': differ,
    classes: found.size,
    'ms a picture': (1000 * seconds) / count,
    'torchvision, ms': median(theirs.milliseconds),
  }
}

/** The values of a palette PNG: the indices themselves. */
async function indices(path: string): Promise<Uint8Array> {
  const { mask } = await readMask(await readFile(path), path, { classes })
  return mask.data
}

try {
  const rows: Row[] = []
  for (const architecture of architectures) rows.push(await compare(architecture))
  await report(
    'segment-torchvision',
    `segment --crop on ${count} drawn pictures, drawn weights, 2 threads, against torchvision`,
    rows,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
