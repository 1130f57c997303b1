/**
 * @file Event files that TensorBoard opens: records of TFRecord with messages of
 * tensorflow/core/util/event.proto, of which scalars are written.
 */
import protobuf from 'protobufjs/light.js'
import { maskedCrc32c } from './crc32c.ts'

const event = new protobuf.Type('Event')
  .add(new protobuf.Field('wallTime', 1, 'double'))
  .add(new protobuf.Field('step', 2, 'int64'))
  .add(new protobuf.Field('fileVersion', 3, 'string'))
  .add(new protobuf.Field('summary', 5, 'Summary'))
const summary = new protobuf.Type('Summary').add(
  new protobuf.Field('value', 1, 'Value', 'repeated'),
)
const value = new protobuf.Type('Value')
  .add(new protobuf.Field('tag', 1, 'string'))
  .add(new protobuf.Field('simpleValue', 2, 'float'))
new protobuf.Root().add(event).add(summary).add(value)

/** What is drawn over the steps. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  wallTime: number
  step: number
  /** By name, such as `loss/validation`. */
  scalars: Readonly<Record<string, number>>
}

/** Length, its checksum, the bytes, their checksum; all little-endian. */
function record(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(16 + bytes.length)
  const view = new DataView(result.buffer)
  view.setBigUint64(0, BigInt(bytes.length), true)
  view.setUint32(8, maskedCrc32c(result.subarray(0, 8)), true)
  result.set(bytes, 12)
  view.setUint32(12 + bytes.length, maskedCrc32c(bytes), true)
  return result
}

const message = (fields: Record<string, unknown>): Uint8Array =>
  record(event.encode(event.create(fields)).finish())

/** The bytes of an event file, whose first event names its version. */
export function eventFile(events: readonly ScalarEvent[]): Uint8Array {
  const begun = events[0]?.wallTime ?? 0
  const records = [
    message({ wallTime: begun, fileVersion: 'brain.Event:2' }),
    ...events.map(({ wallTime, step, scalars }) => {
      const values = Object.entries(scalars).map(([tag, simpleValue]) => ({ tag, simpleValue }))
      return message({ wallTime, step, summary: { value: values } })
    }),
  ]
  return new Uint8Array(Buffer.concat(records))
}

/** What TensorBoard takes for an event file by its name; `begun` in seconds since 1970. */
export function eventFileName(begun: number): string {
  return `events.out.tfevents.${Math.floor(begun)}.maskbench`
}
