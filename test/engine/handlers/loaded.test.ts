import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applicationFolder } from '../../../src/engine/location.ts'
import { startScript } from '../../fixtures/script-process.ts'

test('the process that owns the database never loads FFmpeg or ONNX Runtime', async () => {
  const handlers = join(applicationFolder, 'src', 'engine', 'handlers.ts')
  const loader = startScript('loaded-packages.ts', handlers)
  const packages: unknown = JSON.parse(await loader.line())
  await loader.end()
  expect(packages).toContain('better-sqlite3')
  for (const native of ['node-av', 'onnxruntime-node', '@tensorflow/tfjs-node'])
    expect(packages).not.toContain(native)
})
