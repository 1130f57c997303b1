import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseCheckpoint, readCheckpoint } from '../../../../src/engine/models/pth/checkpoint.ts'
import { type PickleValue, PlainObject } from '../../../../src/engine/models/pth/pickle-value.ts'
import { stateDictOf } from '../../../../src/engine/models/pth/state-dict.ts'
import { StoredTensor } from '../../../../src/engine/models/pth/stored-tensor.ts'
import { bytesOf } from '../../../../src/engine/onnx/tensor.ts'
import { randomFrom } from '../../../../src/engine/sample/random.ts'
import { AppError } from '../../../../src/shared/errors.ts'
import { caught, rejection } from '../../../fixtures/caught.ts'
import { describeWithShared, sharedPath } from '../../../fixtures/shared.ts'

const path = z.array(z.union([z.string(), z.number()]))
const words = z.array(z.array(z.string()))
const goodSchema = z.object({
  ok: z.literal(true),
  tensors: z.array(
    z.object({ path, shape: z.array(z.number()), dtype: z.string(), sha256: z.string() }),
  ),
  values: z.array(z.object({ path, value: z.unknown() })),
  may_refuse: words.optional(),
  partial: z.boolean().optional(),
  count: z.number().optional(),
})
const badSchema = z.object({
  ok: z.literal(false),
  mentions: words,
  may_accept: z.boolean().optional(),
})
const expectedSchema = z.record(z.string(), z.discriminatedUnion('ok', [goodSchema, badSchema]))

type Expected = z.infer<typeof expectedSchema>[string]

const goldens = () => sharedPath('goldens', 'pth')

function expectedFiles(): [string, Expected][] {
  const text = readFileSync(`${goldens()}/expected.json`, 'utf8')
  return Object.entries(expectedSchema.parse(JSON.parse(text)))
}

const bytesOfFile = (name: string) => readFileSync(`${goldens()}/${name}`)

type Path = (string | number)[]
interface Held {
  tensors: { path: Path; shape: readonly number[]; dtype: string; sha256: string }[]
  values: { path: Path; value: unknown }[]
}

function tensorLeaf(path: Path, tensor: StoredTensor): Held {
  const read = tensor.read()
  const sha256 = createHash('sha256').update(bytesOf(read)).digest('hex')
  return { tensors: [{ path, shape: read.shape, dtype: read.type, sha256 }], values: [] }
}

function together(parts: Held[], path: Path, empty: unknown): Held {
  if (parts.length === 0) return { tensors: [], values: [{ path, value: empty }] }
  return {
    tensors: parts.flatMap(({ tensors }) => tensors),
    values: parts.flatMap(({ values }) => values),
  }
}

/** Every leaf of a checkpoint, as make_pth.py's `walk` lists them. */
function heldBy(value: PickleValue, path: Path = []): Held {
  if (value instanceof StoredTensor) return tensorLeaf(path, value)
  if (Array.isArray(value))
    return together(
      value.map((one, i) => heldBy(one, [...path, i])),
      path,
      [],
    )
  const dict = value instanceof PlainObject ? value.attributes : value
  if (!(dict instanceof Map)) return { tensors: [], values: [{ path, value }] }
  const parts = [...dict].map(([key, one]) => {
    if (typeof key !== 'string' && typeof key !== 'number') throw new Error('an odd key')
    return heldBy(one, [...path, key])
  })
  return together(parts, path, {})
}

function expectMentions(error: AppError, mentions: string[][]): void {
  expect(error.code).toBe('bad-checkpoint')
  const message = error.message.toLowerCase()
  for (const anyOf of mentions)
    expect(
      anyOf.some((word) => message.includes(word.toLowerCase())),
      message,
    ).toBe(true)
}

/** What a file holds, or the error it is refused with. */
function parsed(name: string): PickleValue | AppError {
  try {
    return parseCheckpoint(bytesOfFile(name))
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

describeWithShared('Good checkpoints', () => {
  const good = expectedFiles().flatMap(([name, file]) => (file.ok ? [{ name, ...file }] : []))

  it('are all of the goldens', () => expect(good).toHaveLength(25))

  it.each(good)('$name holds every tensor, byte by byte, and every value', (file) => {
    const root = parsed(file.name)
    if (root instanceof AppError) {
      expectMentions(root, file.may_refuse ?? [['only files that may be refused']])
      return
    }
    const { tensors, values } = heldBy(root)
    const listed = file.partial ? [...tensors.slice(0, 8), ...tensors.slice(-4)] : tensors
    expect(listed).toEqual(
      file.tensors.map(({ path, shape, dtype, sha256 }) => ({ path, shape, dtype, sha256 })),
    )
    expect(values).toEqual(file.values)
    expect(tensors).toHaveLength(file.count ?? file.tensors.length)
  })
})

describeWithShared('Hostile and broken checkpoints', () => {
  const bad = expectedFiles().flatMap(([name, file]) => (file.ok ? [] : [{ name, ...file }]))

  it('are all of the goldens', () => expect(bad).toHaveLength(75))

  it.each(bad)('$name is refused for what is wrong with it', ({ name, mentions, may_accept }) => {
    const bytes = bytesOfFile(name)
    const memory = process.memoryUsage().arrayBuffers
    const start = performance.now()
    let error: AppError | null = null
    try {
      stateDictOf(parseCheckpoint(bytes))
    } catch (failure) {
      if (!(failure instanceof AppError)) throw failure
      error = failure
    }
    expect(performance.now() - start).toBeLessThan(1000)
    expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(16e6)
    if (error) expectMentions(error, mentions)
    else expect(may_accept).toBe(true)
  })

  it('have run nothing and changed no prototype', () => {
    for (const [name] of expectedFiles()) parsed(name)
    expect(existsSync('PWNED')).toBe(false)
    expect(existsSync(`${goldens()}/PWNED`)).toBe(false)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('are named in the error, as are files that are missing', async () => {
    const empty = `${goldens()}/h_empty.pth`
    expect((await rejection(readCheckpoint(empty))).message).toBe(`${empty}: it is empty`)
    expect((await rejection(readCheckpoint('/nowhere.pth'))).code).toBe('no-such-file')
  })
})

describeWithShared('The weights of a checkpoint', () => {
  const namesIn = (file: string) => [...stateDictOf(parseCheckpoint(bytesOfFile(file))).keys()]

  it('are found as the object itself and inside the checkpoint of a training', () => {
    expect(namesIn('a_zip_float32.pth')).toContain('conv1.weight')
    for (const file of ['e_zip_checkpoint.pth', 'e_legacy_checkpoint.pth'])
      expect(namesIn(file)).toEqual([
        '0.weight',
        '0.bias',
        '1.weight',
        '1.bias',
        '1.running_mean',
        '1.running_var',
        '1.num_batches_tracked',
      ])
  })

  it("lose the 'module.' of DataParallel", () => {
    expect(namesIn('f_zip_module_prefix.pth')).toEqual(namesIn('a_zip_float32.pth'))
  })

  it('are not a single tensor', () => {
    expect(caught(() => namesIn('a_zip_single_tensor.pth')).code).toBe('bad-checkpoint')
  })
})

describe('Bytes that are no checkpoint', () => {
  it('are refused whatever they are', () => {
    const beginnings = [[0x50, 0x4b], [0x80], [0x80, 2], [0x50, 0x4b, 3, 4], [0], [0x50]]
    for (const beginning of beginnings)
      for (const rest of [0, 30, 5000]) {
        const bytes = Uint8Array.from([...beginning, ...new Uint8Array(rest)])
        expect(caught(() => parseCheckpoint(bytes)).code).toBe('bad-checkpoint')
      }
  })
})

describeWithShared('Checkpoints damaged at random', () => {
  const files = ['a_zip_float32.pth', 'b_legacy_float32.pth', 'd_legacy_views.pth']

  it.each(files)('%s are read or refused, nothing else', (name) => {
    const random = randomFrom(7)
    const whole = bytesOfFile(name)
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from(whole)
      for (let i = 0; i < 3; i++) bytes[random.below(bytes.length)] = random.below(256)
      const cut = round % 2 === 0 ? bytes : whole.subarray(0, random.below(whole.length))
      try {
        for (const tensor of stateDictOf(parseCheckpoint(cut)).values()) tensor.read()
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }
  })
})
