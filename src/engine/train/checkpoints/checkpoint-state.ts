/** @file state.bin: everything that a training needs to go on as if it had never stopped. */
import { open, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { parseJson } from '../../formats/json.ts'

/** First bytes of the file; the number is the version of the format. */
const magic = 'maskbench state 1\n'
/** Arrays begin at multiples of this, so that they can be used in place. */
const alignment = 8

const arrayTypes = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array }

export type StateArray = Float32Array | Float64Array | Uint8Array

/** Numbers and texts that go into JSON, and arrays by name. */
export interface State {
  notes: Record<string, unknown>
  arrays: Record<string, StateArray>
}

const headerSchema = z.strictObject({
  notes: z.record(z.string(), z.unknown()),
  arrays: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['float32', 'float64', 'uint8']),
      length: z.int().min(0),
    }),
  ),
})

type Header = z.infer<typeof headerSchema>

const padded = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

function typeOf(array: StateArray): keyof typeof arrayTypes {
  if (array instanceof Float32Array) return 'float32'
  return array instanceof Float64Array ? 'float64' : 'uint8'
}

function bytesOf({ buffer, byteOffset, byteLength }: StateArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** The file in pieces; arrays are not copied. Magic, length of the header, header, arrays. */
function piecesOf({ notes, arrays }: State): Uint8Array[] {
  const entries = Object.entries(arrays)
  const header: Header = {
    notes,
    arrays: entries.map(([name, array]) => ({ name, type: typeOf(array), length: array.length })),
  }
  const text = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(padded(magic.length + 4 + text.length))
  start.write(magic, 'latin1')
  start.writeUInt32LE(text.length, magic.length)
  text.copy(start, magic.length + 4)
  return [
    start,
    ...entries.flatMap(([, array]) => [
      bytesOf(array),
      new Uint8Array(padded(array.byteLength) - array.byteLength),
    ]),
  ]
}

/**
 * Writes a state beside its place and renames it there once it is on the disk: whatever happens, the
 * file holds the old state or the new one. Throws `disk-full` and the like.
 */
export async function writeState(path: string, state: State): Promise<void> {
  const beside = `${path}.partial`
  try {
    const file = await open(beside, 'w')
    try {
      for (const piece of piecesOf(state)) await writeAll(file, piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw toAppError(error, path)
  }
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, piece: Uint8Array): Promise<void> {
  let done = 0
  while (done < piece.length) done += (await file.write(piece, done)).bytesWritten
}

/** The state in a file, null where there is none. Throws `bad-checkpoint` for a file that is broken. */
export async function readState(path: string): Promise<State | null> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = await readWhole(path)
  } catch (error) {
    const failure = toAppError(error, path)
    if (failure.code === 'no-such-file') return null
    throw failure
  }
  return parseState(bytes, path)
}

/** Into memory of its own: what `readFile` returns for a small file may be unaligned. */
async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  await using file = await open(path, 'r')
  const bytes = new Uint8Array((await file.stat()).size)
  let done = 0
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes
}

function parseState(bytes: Uint8Array<ArrayBuffer>, path: string): State {
  const broken = new AppError(
    'bad-checkpoint',
    `${path} is not a whole state of a training`,
    'Train without --resume.',
  )
  const { buffer } = bytes
  const text = (from: number, to: number) => Buffer.from(buffer, from, to - from).toString('utf8')
  const from = magic.length + 4
  if (bytes.length < from || text(0, magic.length) !== magic) throw broken
  const to = from + new DataView(buffer).getUint32(magic.length, true)
  if (to > bytes.length) throw broken
  const { notes, arrays } = parseJson(text(from, to), path, headerSchema)
  let at = padded(to)
  const found = arrays.map(({ name, type, length }): [string, StateArray] => {
    const Type = arrayTypes[type]
    const size = length * Type.BYTES_PER_ELEMENT
    if (at + size > bytes.length) throw broken
    const array = new Type(buffer, at, length)
    at += padded(size)
    return [name, array]
  })
  return { notes, arrays: Object.fromEntries(found) }
}
