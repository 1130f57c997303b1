/**
 * @file Scoring predicted masks: this engine against numpy and OpenCV on two folders of index PNGs, in
 * turn, each in a process of its own; and the memory it takes for a long row of masks. Arguments:
 * [PAIRS] [STREAMED PAIRS].
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { encodeMask } from '../src/engine/formats/mask-write.ts'
import { replaceFile } from '../src/engine/projects/replace-file.ts'
import type { MaskClass } from '../src/shared/mask.ts'
import {
  alternate,
  hasPeer,
  median,
  peerPython,
  type Row,
  report,
  runProgram,
  scratch,
} from './common.ts'
import { drawnMask } from './metrics-masks.ts'

const pairs = Number(process.argv[2] ?? 400)
const streamed = Number(process.argv[3] ?? 100_000)
const rounds = 3
const size = { width: 500, height: 375 }
const folder = scratch('metrics')

const measurement = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  megabytes: z.number(),
  meanIou: z.number(),
  meanBoundaryF1: z.number().nullable(),
  objects: z.array(z.number()).nullable(),
})
type Measurement = z.infer<typeof measurement>

/** Masks of the size and number of classes of PASCAL VOC. */
async function writeMasks(): Promise<void> {
  const classes = Array.from({ length: 21 }, (_, index): MaskClass => {
    const colour = `#${(index * 12).toString(16).padStart(2, '0').repeat(3)}`
    return { index, name: String(index), colour }
  })
  for (const [side, shift] of [
    ['truth', 0],
    ['prediction', 4],
  ] as const) {
    await mkdir(join(folder, side), { recursive: true })
    for (let i = 0; i < pairs; i++)
      await replaceFile(
        join(folder, side, `${i}.png`),
        await encodeMask(drawnMask(size, i, shift), classes, null),
      )
  }
}

const program = join(import.meta.dirname, 'metrics-run.ts')
const peer = join(import.meta.dirname, 'peers', 'metrics.py')

/** The largest difference of two results; they are of the same definitions. */
function difference(a: Measurement, b: Measurement): number {
  const numbers = ({ meanIou, meanBoundaryF1, objects }: Measurement) => [
    meanIou,
    meanBoundaryF1 ?? 0,
    ...(objects ?? []),
  ]
  return Math.max(...numbers(a).map((value, i) => Math.abs(value - (numbers(b)[i] ?? Number.NaN))))
}

async function compare(work: string): Promise<Row> {
  const results = new Map<string, Measurement[]>()
  const by = (name: string, file: string, args: string[]) => async () => {
    const measured = measurement.parse(await runProgram(file, args))
    results.set(name, [...(results.get(name) ?? []), measured])
    return measured.seconds
  }
  const competitors = {
    ours: by('ours', process.execPath, [program, work, folder]),
    ...((await hasPeer('cv2')) && { peer: by('peer', peerPython, [peer, work, folder]) }),
  }
  const seconds = await alternate(rounds, competitors)
  const [ours, theirs] = [results.get('ours')?.[0], results.get('peer')?.[0]]
  const [ourSeconds, peerSeconds] = [seconds.get('ours') ?? [], seconds.get('peer')]
  const row: Row = {
    work,
    pairs,
    'pairs/s': pairs / median(ourSeconds),
    'CPU ms a pair': ((ours?.cpuSeconds ?? 0) / pairs) * 1000,
    MB: ours?.megabytes ?? 0,
  }
  if (!ours || !theirs || !peerSeconds) return row
  return {
    ...row,
    'peer pairs/s': pairs / median(peerSeconds),
    'peer CPU ms a pair': (theirs.cpuSeconds / pairs) * 1000,
    'peer MB': theirs.megabytes,
    'largest difference': difference(ours, theirs),
  }
}

try {
  await writeMasks()
  const rows = [await compare('pixels'), await compare('everything')]
  await report(
    'metrics',
    `Scoring ${pairs} pairs of masks of ${size.width}x${size.height}, 21 classes`,
    rows,
  )
  const memory = z
    .object({ seconds: z.number(), tenths: z.array(z.number()) })
    .parse(await runProgram(process.execPath, [program, 'stream', String(streamed)]))
  const [first = 0, ...others] = memory.tenths
  await report(
    'metrics-memory',
    `Memory while ${streamed} pairs of 48x36 are scored with everything`,
    [
      {
        pairs: streamed,
        'pairs/s': streamed / memory.seconds,
        'MB after a tenth': first,
        'MB at most after that': Math.max(...others),
        'MB at the end': others.at(-1) ?? 0,
      },
    ],
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
