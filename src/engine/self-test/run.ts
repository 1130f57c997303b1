/** @file Whether the native libraries work in a process of this kind: all of them, on tiny inputs. */
import { openWritable } from '../db/connection.ts'
import { openGraph } from '../infer/session.ts'
import { trialInput, trialModel } from '../infer/trial-model.ts'
import { survivesRoundTrip } from '../media/trial-picture.ts'

function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (found !== expected)
    throw new Error(`${what}: ${String(found)} in place of ${String(expected)}`)
}

/** A database keeps bytes. */
function testDatabase(): void {
  const db = openWritable(':memory:', { create: true })
  try {
    db.exec('CREATE TABLE probe (bytes BLOB) STRICT')
    db.prepare('INSERT INTO probe VALUES (?)').run(Buffer.from([1, 2, 255]))
    const bytes: unknown = db.prepare('SELECT bytes FROM probe').pluck().get()
    expectEqual('SQLite', Buffer.from(bytes as Uint8Array).toString('hex'), '0102ff')
  } finally {
    db.close()
  }
}

/** A network runs. */
export async function testNetwork(): Promise<void> {
  await using session = await openGraph(trialModel(), { device: 'cpu', threads: 1 })
  const { y } = await session.run({ x: trialInput() })
  // Nine pixels of 16 channels of ones, times 0.01; away from the padded border.
  const middle = Number(y?.data[64 * 32 + 32])
  expectEqual('ONNX Runtime', middle.toFixed(3), '1.440')
}

/** Throws where something does not work, unless it ends the process. */
export async function runSelfTest(): Promise<void> {
  testDatabase()
  expectEqual('FFmpeg', survivesRoundTrip(), true)
  await testNetwork()
}
