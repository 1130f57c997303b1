/**
 * @file A fine-tuned network's file in Python's onnxruntime: does it open there as it is, and give the
 * same answer? Each kind of training, a few steps.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openSession } from '../src/engine/infer/session.ts'
import { trainProject } from '../src/engine/jobs/train-project.ts'
import { floatTensor, sizeOf } from '../src/engine/onnx/tensor.ts'
import { hasPeer, peerPython, type Row, report, runProgram, scratch, skip } from './common.ts'
import { type OpenScene, withScene } from './fewshot-scenes.ts'

const presets = ['recommended', 'all-layers', 'quick-head']
const input = { width: 160, height: 120 }
const shape = [1, 3, input.height, input.width]

const answerSchema = z.object({ shape: z.array(z.number()), data: z.array(z.number()) })

/** Trains a few steps and runs the network here and there on the same numbers. */
async function compare({ engine }: OpenScene, preset: string, folder: string): Promise<Row> {
  const words = { preset, input, iterations: 3, holdOut: 'none', device: 'cpu' }
  const { model } = await trainProject(engine, words, {}, {})
  const file = join(model.folder, 'model.onnx')
  const image = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 12.9898))
  writeFileSync(join(folder, 'image.bin'), new Uint8Array(image.buffer))
  await using session = await openSession(file, { device: 'cpu' })
  const { description } = model
  const results = await session.run({ [description.input.name]: floatTensor(shape, image) })
  const ours = results[description.output.name]
  const script = join(import.meta.dirname, 'peers', 'run_onnx.py')
  const args = [script, file, join(folder, 'image.bin'), shape.join(',')]
  const theirs = answerSchema.parse(await runProgram(peerPython, args))
  const distances = theirs.data.map((value, i) => Math.abs(value - Number(ours?.data[i])))
  const size = theirs.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return {
    preset,
    'shape in Python': theirs.shape.join('x'),
    'shape here': ours?.shape.join('x') ?? '',
    'largest logit': size,
    'largest difference': Math.max(...distances),
  }
}

if (!(await hasPeer('onnxruntime'))) skip('onnxruntime is not installed for MASKBENCH_PEER_PYTHON')
const folder = scratch('python-runtime')
mkdirSync(folder, { recursive: true })
try {
  const rows = await withScene('humanbody2', 8, async (scene) => {
    const all: Row[] = []
    for (const preset of presets) all.push(await compare(scene, preset, folder))
    return all
  })
  await report('python-runtime', "Fine-tuned networks in Python's onnxruntime", rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
