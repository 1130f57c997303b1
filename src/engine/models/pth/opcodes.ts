/** @file The operations of pickle protocols 2 to 5 that plain data needs. */
import { textOf } from './byte-reader.ts'
import { knownName } from './known-names.ts'
import { KnownName, type PickleValue, PlainObject } from './pickle-value.ts'
import { refused } from './refuse.ts'
import type { Unpickler } from './unpickler.ts'

type Operation = (machine: Unpickler) => void

/** Python's integers in two's complement, little-endian. */
function integer(bytes: Uint8Array): number | bigint {
  if (bytes.length > 1024) throw refused(`an integer of ${bytes.length} bytes is too large`)
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const signed = BigInt.asIntN(8 * bytes.length, value)
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed
}

const value = (of: (machine: Unpickler) => PickleValue): Operation => {
  return (machine) => machine.push(of(machine))
}

function text(length: (machine: Unpickler) => number): Operation {
  return value((machine) => textOf(machine.reader.take(length(machine))))
}

function binary(length: (machine: Unpickler) => number): Operation {
  return value((machine) => machine.reader.take(length(machine)).slice())
}

const tuple = (length: number): Operation => {
  return value((machine) => Array.from({ length }, () => machine.pop()).reverse())
}

function append(machine: Unpickler, items: readonly PickleValue[]): void {
  const list = machine.top()
  if (!Array.isArray(list)) throw refused('its pickle appends to what is no list')
  for (const item of items) list.push(item)
}

function setItems(machine: Unpickler, items: readonly PickleValue[]): void {
  const dict = machine.top()
  if (!(dict instanceof Map) || items.length % 2 !== 0)
    throw refused('its pickle sets items of what is no dict')
  for (let i = 0; i < items.length; i += 2) dict.set(items[i] ?? null, items[i + 1] ?? null)
}

function call(machine: Unpickler, how: 'build' | 'create'): void {
  const values = machine.pop()
  const callee = machine.pop()
  if (!(callee instanceof KnownName) || !Array.isArray(values))
    throw refused('its pickle calls what cannot be called')
  machine.push(callee[how](values))
}

/** Attributes: kept where an object is nothing else, left out of dicts and tensors. */
function build(machine: Unpickler): void {
  const state = machine.pop()
  const object = machine.top()
  if (object instanceof Map) return
  if (!(object instanceof PlainObject && state instanceof Map))
    throw refused('its pickle gives attributes to what can have none')
  for (const [name, attribute] of state) object.attributes.set(name, attribute)
}

function stackGlobal(machine: Unpickler): void {
  const [name, module] = [machine.pop(), machine.pop()]
  if (typeof module !== 'string' || typeof name !== 'string')
    throw refused('its pickle asks for a name that is no text')
  machine.push(knownName(module, name))
}

/** Operations of other protocols, or that no data needs. */
const refuse = (name: string): Operation => {
  return () => {
    throw refused(`its pickle has the opcode ${name}, which plain weights do not need`)
  }
}

const byCode: [code: number | string, operation: Operation][] = [
  [0x80, ({ reader }) => void reader.uint8()],
  [0x95, ({ reader }) => void reader.uint64()],
  ['.', (machine) => machine.stop()],
  ['0', (machine) => void machine.pop()],
  ['1', (machine) => void machine.popToMark()],
  ['2', (machine) => machine.push(machine.top())],
  ['(', (machine) => machine.mark()],
  ['N', value(() => null)],
  [0x88, value(() => true)],
  [0x89, value(() => false)],
  ['K', value(({ reader }) => reader.uint8())],
  ['M', value(({ reader }) => reader.uint16())],
  ['J', value(({ reader }) => reader.int32())],
  [0x8a, value(({ reader }) => integer(reader.take(reader.uint8())))],
  [0x8b, value(({ reader }) => integer(reader.take(reader.int32())))],
  ['G', value(({ reader }) => reader.float64())],
  ['U', text(({ reader }) => reader.uint8())],
  ['T', text(({ reader }) => reader.int32())],
  [0x8c, text(({ reader }) => reader.uint8())],
  ['X', text(({ reader }) => reader.uint32())],
  [0x8d, text(({ reader }) => reader.uint64())],
  ['C', binary(({ reader }) => reader.uint8())],
  ['B', binary(({ reader }) => reader.uint32())],
  [0x8e, binary(({ reader }) => reader.uint64())],
  [']', value(() => [])],
  ['a', (machine) => append(machine, [machine.pop()])],
  ['e', (machine) => append(machine, machine.popToMark())],
  [')', value(() => [])],
  ['t', value((machine) => machine.popToMark())],
  [0x85, tuple(1)],
  [0x86, tuple(2)],
  [0x87, tuple(3)],
  ['}', value(() => new Map())],
  ['s', (machine) => setItems(machine, [machine.pop(), machine.pop()].reverse())],
  ['u', (machine) => setItems(machine, machine.popToMark())],
  ['c', value(({ reader }) => knownName(reader.line(), reader.line()))],
  [0x93, stackGlobal],
  ['R', (machine) => call(machine, 'build')],
  [0x81, (machine) => call(machine, 'create')],
  ['b', build],
  ['Q', value((machine) => machine.persistent(machine.pop()))],
  ['q', (machine) => machine.remember(machine.reader.uint8())],
  ['r', (machine) => machine.remember(machine.reader.uint32())],
  [0x94, (machine) => machine.remember(machine.memo.size)],
  ['h', (machine) => machine.recall(machine.reader.uint8())],
  ['j', (machine) => machine.recall(machine.reader.uint32())],
  // INST names what it calls: an unknown name is the better message.
  [
    'i',
    (machine) => {
      knownName(machine.reader.line(), machine.reader.line())
      refuse('INST')(machine)
    },
  ],
  ['o', refuse('OBJ')],
  ['P', refuse('PERSID')],
  [0x82, refuse('EXT1')],
  [0x83, refuse('EXT2')],
  [0x84, refuse('EXT4')],
]

/** By the byte that stands for it. */
export const opcodes: ReadonlyMap<number, Operation> = new Map(
  byCode.map(([code, operation]) => [
    typeof code === 'number' ? code : code.charCodeAt(0),
    operation,
  ]),
)
