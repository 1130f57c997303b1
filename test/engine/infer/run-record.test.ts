import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunRecord } from '../../../src/engine/infer/run-record.ts'

/** As ONNX Runtime 1.30 writes them. */
function node(index: number, name: string, op: string, provider: 'CPU' | 'WebGpu') {
  const args = { op_name: op, provider: `${provider}ExecutionProvider`, node_index: `${index}` }
  return { cat: 'Node', pid: 1, tid: 1, dur: 5, ts: 9, ph: 'X', name: `${name}_kernel_time`, args }
}

const session = { cat: 'Session', pid: 1, tid: 1, dur: 5, ts: 1, ph: 'X', name: 'run', args: {} }

describe('The record of a run', () => {
  test('counts the nodes on the processor once each, and no copies', async () => {
    const record = await RunRecord.begin()
    const events = [
      session,
      node(0, 'conv', 'Conv', 'WebGpu'),
      node(1, '', 'Erf', 'CPU'),
      node(2, '', 'Sum', 'CPU'),
      node(3, '', 'Sum', 'CPU'),
      node(4, 'Memcpy_1', 'MemcpyToHost', 'CPU'),
    ]
    await writeFile(`${record.prefix}_2026.json`, JSON.stringify([...events, ...events]))
    expect(await record.take()).toEqual([
      { op: 'Sum', count: 2 },
      { op: 'Erf', count: 1 },
    ])
    expect(existsSync(dirname(record.prefix))).toBe(false)
  })
})
