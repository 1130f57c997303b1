import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtInModel } from '../../../src/engine/models/built-in.ts'
import { networkScale } from '../../../src/engine/models/network-scale.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('a network is so many times as large as the built-in one', async () => {
  const builtIn = await builtInModel(temporary('models'))
  expect(networkScale(builtIn)).toBeCloseTo(1, 1)
  await mkdir(temporary('large'))
  await writeFile(join(temporary('large'), 'model.onnx'), new Uint8Array(42e6))
  expect(networkScale({ folder: temporary('large') })).toBeCloseTo(5)
  expect(networkScale({ folder: temporary('gone') })).toBe(1)
})
