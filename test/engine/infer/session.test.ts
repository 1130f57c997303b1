import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, test } from 'vitest'
import { listDevices, openSession } from '../../../src/engine/infer/session.ts'
import { decodeModel, encodeModel } from '../../../src/engine/onnx/proto.ts'
import { floatTensor, type Tensor, tensorOf } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { hasSoftwareDriver, softwareDriver } from '../../fixtures/software-driver.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const temporary = temporaryFolder()
const shape = [1, 3, 16, 8]
const image = floatTensor(
  shape,
  Float32Array.from({ length: 384 }, (_, i) => i / 384),
)
const threadFile = new URL('../../fixtures/session-thread.ts', import.meta.url)
let file = ''
let wanted: Tensor

beforeAll(async () => {
  await tinyNetwork(temporary('tiny'))
  file = temporary('tiny', 'model.onnx')
  await using session = await openSession(file, { device: 'cpu', threads: 1 })
  const { logits } = await session.run({ image })
  if (!logits) throw new Error('no logits')
  wanted = logits
})

function thread(device: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadFile, { workerData: { file, device } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

describe('A session', () => {
  test('tells what goes in and what comes out', async () => {
    await using session = await openSession(file, { device: 'cpu' })
    expect(session.inputs).toEqual([
      { name: 'image', type: 'float32', shape: [1, 3, 'height', 'width'] },
    ])
    expect(session.outputs.map(({ name }) => name)).toEqual(['logits'])
    expect(wanted.shape).toEqual([1, 4, 2, 1])
  })

  test('writes into tensors that it is given', async () => {
    await using session = await openSession(file, { device: 'cpu' })
    const logits = floatTensor(wanted.shape, new Float32Array(8))
    await session.run({ image }, { logits })
    expect(logits.data).toEqual(wanted.data)
  })

  test('gives the same numbers with any number of threads, in this thread and in others', async () => {
    await using session = await openSession(file, { device: 'cpu', threads: 2 })
    expect((await session.run({ image })).logits?.data).toEqual(wanted.data)
    const answers = await Promise.all([thread('cpu'), thread('cpu'), thread('cpu')])
    for (const answer of answers) expect(answer).toEqual(Array.from(wanted.data, Number))
  })

  test("says in ONNX Runtime's words what is wrong with its input", async () => {
    await using session = await openSession(file, { device: 'cpu' })
    const flat = tensorOf('float32', [384], new Array<number>(384).fill(0))
    expect(await rejection(session.run({ image: flat }))).toMatchObject({
      code: 'unsupported-model',
      message: expect.stringMatching(/could not be run.*rank/is),
    })
    expect(await rejection(session.run({ other: image }))).toMatchObject({
      message: expect.stringContaining("input 'image' is missing"),
    })
  })

  test('takes files that hold what only ONNX Runtime reads', async () => {
    const model = decodeModel(await readFile(file))
    const none = { floatData: [], int32Data: [], int64Data: [], doubleData: [], uint64Data: [] }
    model.graph?.initializer.push({
      ...{ name: 'words', dims: [0], dataType: 8, externalData: [] },
      ...none,
    })
    await writeFile(temporary('words.onnx'), encodeModel(model))
    await using session = await openSession(temporary('words.onnx'), { device: 'cpu' })
    expect((await session.run({ image })).logits?.data).toEqual(wanted.data)
  })

  test('of a file that is broken or not there is refused', async () => {
    await writeFile(temporary('broken.onnx'), 'this is not a network')
    const error = await rejection(openSession(temporary('broken.onnx'), { device: 'cpu' }))
    expect(error).toMatchObject({ code: 'bad-model' })
    expect(error.message).toContain('broken.onnx')
    expect(await rejection(openSession(temporary('none.onnx')))).toMatchObject({
      code: 'no-such-file',
    })
  })
})

describe('Devices', () => {
  test('are tried one by one, and the processor is always there', async () => {
    const reports = await listDevices()
    expect(reports.find(({ device }) => device === 'cpu')).toMatchObject({ available: true })
    for (const { note, available } of reports) expect([available, note]).not.toEqual([false, ''])
  })

  test.each(['abacus', 'toString', 'dml'])('that are not there are refused: %s', async (device) => {
    const there = (await listDevices()).filter(({ available }) => available)
    if (there.some((report) => report.device === device)) return
    const error = await rejection(openSession(file, { device }))
    expect(error.code).toBe('no-such-device')
    expect(error.message).toContain(`the device '${device}' is not there`)
    expect(error.message).toContain(`there are: ${there.map((report) => report.device).join(', ')}`)
  })

  test('are picked by auto, which says why', async () => {
    await using session = await openSession(file)
    const there = (await listDevices()).filter(({ available }) => available)
    expect(there.map(({ device }) => device)).toContain(session.device)
    expect(session.reason).not.toBe('')
    const { logits } = await session.run({ image })
    expect(largestDifference(logits?.data ?? [], wanted.data)).toBeLessThan(1e-3)
  })

  test.runIf(hasSoftwareDriver)(
    'auto passes over a GPU that is drawn in software, which webgpu computes on all the same',
    () => {
      const script = `
        import { openSession } from ${JSON.stringify(new URL('../../../src/engine/infer/session.ts', import.meta.url).href)}
        const answers = []
        for (const device of ['auto', 'webgpu']) {
          await using session = await openSession(${JSON.stringify(file)}, { device, threads: 1 })
          const data = Float32Array.from({ length: 384 }, (_, i) => i / 384)
          const { logits } = await session.run({ image: { type: 'float32', shape: [1, 3, 16, 8], data } })
          answers.push({ device: session.device, data: Array.from(logits.data) })
        }
        console.log(JSON.stringify(answers))`
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: { ...process.env, VK_ICD_FILENAMES: softwareDriver },
      })
      const [auto, webgpu] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
      expect([auto.device, webgpu.device]).toEqual(['cpu', 'webgpu'])
      expect(largestDifference(webgpu.data, wanted.data)).toBeLessThan(1e-4)
    },
  )
})
