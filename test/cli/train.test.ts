import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { commands } from '../../src/cli/commands.ts'
import { openEngine } from '../../src/engine/engine.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { failure, maskbench, result } from '../fixtures/maskbench.ts'
import { runWords } from '../fixtures/program.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { paintFrames, trainingProject } from '../fixtures/training-project.ts'

const temporary = temporaryFolder()

const quick = ['--iterations', '40', '--learning-rate', '0.5', '--batch', '4']

const iou = z.looseObject({ personIou: z.number() })
const trained = z.looseObject({
  model: z.string(),
  base: z.string(),
  iterations: z.number(),
  seconds: z.number(),
  secondsPerStep: z.number(),
  loss: z.looseObject({ first: z.number(), last: z.number() }),
  heldOut: z.looseObject({ frames: z.array(z.unknown()), base: iou, new: iou }).nullable(),
  adopted: z.boolean(),
})

let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
/** A project with eight labels, as `project` makes copies of it. */
let labelled = ''

beforeAll(async () => {
  dataFolder = await freshDataFolder()
  labelled = (await trainingProject(temporary)).template
  await using engine = openEngine(labelled, 'write')
  paintFrames(engine, [1, 4, 7, 10, 13, 16, 19, 22])
})
afterAll(() => dataFolder.remove())

async function project(name: string): Promise<string> {
  const dir = temporary(`${name}.maskbench`)
  await cp(labelled, dir, { recursive: true })
  return dir
}

describe('maskbench train', () => {
  test('gives a network that infer uses from then on, and models list knows', async () => {
    const dir = await project('whole')
    const { heldOut, ...found } = await result(trained, 'train', dir, ...quick)
    expect(found).toMatchObject({
      ...{ model: 'fine-tuned-1', base: 'tiny', iterations: 40, adopted: true },
      ...{ preset: 'recommended', labels: 8, device: 'cpu', warnings: [] },
    })
    expect(heldOut?.frames).toEqual([
      { tape: 1, frame: 7 },
      { tape: 1, frame: 19 },
    ])
    expect(heldOut?.new.personIou).toBeGreaterThan(heldOut?.base.personIou ?? 1)
    const inferred = z.looseObject({ model: z.string() })
    expect((await result(inferred, 'infer', dir, '--frames', '0-3')).model).toBe('fine-tuned-1')
    const { models } = await result(
      z.looseObject({ models: z.array(z.looseObject({ id: z.string() })) }),
      ...['models', 'list', dir],
    )
    expect(models.find(({ id }) => id === 'fine-tuned-1')).toMatchObject({
      ...{ parent: 'tiny', active: true, adopted: true },
      trainedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
  })

  test('tells people what it does, and in plain words what came of it', async () => {
    const dir = await project('words')
    const { code, stdout, stderr } = await runWords(['train', dir, ...quick], commands)
    expect(code).toBe(0)
    expect(stderr).toMatch(/trains on cpu \(.*\): .* s a step, about .* in all; needs .* GB/)
    expect(stdout).toMatch(/^trained tiny on 8 frames in .* \(40 steps of .* on cpu; loss from/)
    expect(stdout).toMatch(
      /on 2 frames held out of the training the person IoU rose from 0\.\d\d to \d\.\d\d: the new network fine-tuned-1 is now the active one/,
    )
    const warned = await runWords(
      ['train', dir, ...quick, '--hold-out', 'none', '--model', 'good'],
      commands,
    )
    expect(warned.stdout).toContain('nothing was held out to check it')
  })

  test('goes on after kill -9, to the network of one that was never killed', async () => {
    const words = [...quick, '--iterations', '150']
    const expected = await result(trained, 'train', await project('expected'), ...words)
    const dir = await project('killed')
    const program = join(import.meta.dirname, '../../bin/maskbench.mjs')
    const child = spawn(process.execPath, [program, 'train', dir, ...words], { stdio: 'pipe' })
    for await (const text of child.stderr) if (String(text).includes('train: train')) break
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await failure('train', dir, '--resume', '--seed', 3)).toMatchObject({
      ...{ exit: 2, code: 'bad-value' },
      message: expect.stringContaining('--seed was given'),
    })
    const { loss, heldOut } = await result(trained, 'train', dir, '--resume')
    expect({ loss, heldOut }).toEqual({ loss: expected.loss, heldOut: expected.heldOut })
    expect(await failure('train', dir, '--resume')).toMatchObject({ exit: 2, code: 'no-training' })
  })

  test.each([
    [['--preset', 'magic'], 'bad-value', /no preset 'magic'/],
    [['--learning-rate', '1e9'], 'bad-value', /learning rate of 1000000000 is far too high/],
    [['--learning-rate', '0'], 'bad-value', /--learning-rate is "0"/],
    [['--iterations', '0'], 'bad-value', /--iterations is "0"/],
    [['--optimizer', 'magic'], 'bad-value', /one of adam, adamw, sgd/],
    [['--backend', 'magic'], 'bad-value', /--backend is "magic"; one of onnx, tfjs/],
    [['--map-class', 'person=robot'], 'class-mismatch', /no class "robot"/],
    [['--hold-out', '2'], 'bad-value', /without a label: 2/],
    [['--model', 'nobody'], 'no-such-model', /"nobody"/],
  ])('refuses %j', async (words, code, message) => {
    const error = await failure('train', labelled, ...words)
    expect(error).toMatchObject({ exit: 2, code })
    expect(error.message).toMatch(message)
    expect(error.hint).not.toBe('')
  })
})

describe('maskbench labels suggest', () => {
  const suggested = z.object({
    frames: z.array(z.object({ tape: z.number(), frame: z.number(), why: z.string() })),
  })

  test('proposes frames that are not labelled, each once', async () => {
    const { frames } = await result(suggested, 'labels', 'suggest', labelled, '--count', 5)
    const numbers = frames.map(({ frame }) => frame)
    expect(new Set(numbers).size).toBe(5)
    for (const labelledFrame of [1, 4, 7, 10, 13, 16, 19, 22])
      expect(numbers).not.toContain(labelledFrame)
  })

  test('gives what is left where that is less', async () => {
    const { frames } = await result(suggested, 'labels', 'suggest', labelled, '--count', 100)
    expect(frames.length).toBeLessThanOrEqual(24 - 8)
    expect((await maskbench('labels', 'suggest', labelled, '--count', 0)).code).toBe(2)
  })
})
