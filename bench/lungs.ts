/**
 * @file U-Net-VGG16 from random weights at 128x128 on drawn chests: the lungs' Dice on held-out
 * pictures, and the time it takes, against PyTorch with the same network, loss, optimiser and steps,
 * in turn. Ours is the command `experiment run`, reading pictures and validation included.
 * Arguments: [ROUNDS] [EPOCHS].
 */
import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import {
  hasPeer,
  keepPages,
  median,
  peerPython,
  type Row,
  report,
  runProgram,
  scratch,
} from './common.ts'

const run = promisify(execFile)
const rounds = Number(process.argv[2] ?? 1)
const epochs = Number(process.argv[3] ?? 5)
const [threads, batch, rate, target] = [2, 4, 1e-3, 0.95]
const program = join(import.meta.dirname, '..', 'src', 'cli', 'index.ts')
const folder = scratch('lungs')
const project = join(folder, 'lungs.maskbench')

/** Runs a program, lets its output through, and ends with a line of the seconds its processes computed. */
const measured = `import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'cpu': used.ru_utime + used.ru_stime}))
sys.exit(code)`

const cpuSchema = z.object({ cpu: z.number() })

const maskbench = async (...words: (string | number)[]): Promise<unknown> => {
  const args = [program, ...words.map(String), '--json']
  const { stdout } = await run(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(stdout)
}

const epochSchema = z.object({ seconds: z.number(), dice: z.number() })

interface Training {
  /** Since the start, after each epoch. */
  epochs: z.infer<typeof epochSchema>[]
  seconds: number
  /** Of all processor threads together, start and end included: other work changes it little. */
  cpu: number
}

const curveSchema = z.object({
  id: z.int(),
  runs: z.array(
    z.object({
      stages: z.array(
        z.object({
          curve: z.array(
            z.object({
              seconds: z.number(),
              validationSeconds: z.number(),
              classDice: z.array(z.number().nullable()),
            }),
          ),
        }),
      ),
    }),
  ),
})

async function byUs(): Promise<Training> {
  const name = `run ${Date.now()}`
  const words = ['--preset', 'unet-sum', '--name', name, '--epochs', epochs, '--batch', batch]
  const args = [
    ...['experiment', 'run', project, ...words.map(String), '--learning-rate', String(rate)],
    ...['--augmentation', join(folder, 'flip.json'), '--threads', String(threads)],
    ...['--device', 'cpu'],
  ]
  const used = await runProgram(peerPython, ['-c', measured, process.execPath, program, ...args])
  const listed = z.object({ experiments: z.array(z.object({ id: z.int(), name: z.string() })) })
  const { experiments } = listed.parse(await maskbench('experiment', 'list', project))
  const id = experiments.find((one) => one.name === name)?.id ?? 0
  const shown = await maskbench('experiment', 'show', project, id)
  const curve = curveSchema.parse(shown).runs[0]?.stages[0]?.curve ?? []
  let seconds = 0
  const found = curve.map((epoch) => {
    seconds += epoch.seconds + epoch.validationSeconds
    return { seconds, dice: epoch.classDice[1] ?? 0 }
  })
  return { epochs: found, seconds, ...cpuSchema.parse(used) }
}

const peerSchema = z.object({
  seconds: z.number(),
  cpu: z.number(),
  epochs: z.array(epochSchema),
})

async function byTorch(): Promise<Training> {
  const peer = join(import.meta.dirname, 'peers', 'lungs.py')
  const args = [join(folder, 'drawn', 'set'), join(folder, 'names.json')]
  const numbers = [epochs, batch, rate, threads].map(String)
  return peerSchema.parse(await runProgram(peerPython, [peer, ...args, ...numbers], keepPages))
}

/** Draws the set, takes it in, divides it, and says which picture is in which part. */
async function prepare(): Promise<number> {
  await mkdir(folder, { recursive: true })
  await maskbench('demo-set', 'lungs', join(folder, 'drawn'), '--size', 128)
  await maskbench('dataset', 'import', project, join(folder, 'drawn', 'set'), '--map', '1=lung')
  await maskbench('dataset', 'split', project, '--ratio', '8:2')
  await writeFile(join(folder, 'flip.json'), '[{ "kind": "flip-left-right" }]')
  const { openProject } = await import('../src/engine/db/project.ts')
  const { listImages, listImageSets } = await import('../src/engine/db/image-sets.ts')
  const open = openProject(project, { mode: 'read' })
  const images = listImageSets(open).flatMap(({ id }) => listImages(open, id))
  open.close()
  const part = (name: string) =>
    images.filter(({ split }) => split === name).map((image) => `${image.name}`)
  const parts = { train: part('train'), validation: part('val') }
  await writeFile(join(folder, 'names.json'), JSON.stringify(parts))
  return Math.ceil(parts.train.length / batch) * epochs
}

function rowOf(name: string, trainings: readonly Training[], peer: number, steps: number): Row {
  const seconds = median(trainings.map((one) => one.seconds))
  const best = trainings.map(({ epochs: curve }) => Math.max(...curve.map(({ dice }) => dice)))
  const reached = trainings.flatMap(({ epochs: curve }) => {
    const first = curve.find(({ dice }) => dice >= target)
    return first ? [first.seconds] : []
  })
  return {
    program: name,
    steps,
    'Dice of the lungs': median(best),
    'Dice asked for': target,
    seconds,
    'part of PyTorch': seconds / peer,
    'processor s': median(trainings.map(({ cpu }) => cpu)),
    's to the Dice asked for': reached.length > 0 ? median(reached) : 'never',
  }
}

if (!(await hasPeer('segmentation_models_pytorch')))
  console.log('PyTorch is not installed for MASKBENCH_PEER_PYTHON.')
try {
  const steps = await prepare()
  const [ours, theirs]: [Training[], Training[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    ours.push(await byUs())
    theirs.push(await byTorch())
  }
  const peer = median(theirs.map(({ seconds }) => seconds))
  const rows = [rowOf('maskbench', ours, peer, steps), rowOf('PyTorch', theirs, peer, steps)]
  const title = `U-Net-VGG16 from random weights, 128x128, batch ${batch}, ${threads} threads`
  await report('lungs', title, rows)
} finally {
  await rm(folder, { recursive: true, force: true })
}
