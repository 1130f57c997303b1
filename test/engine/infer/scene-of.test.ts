import { mkdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openSegmenter } from '../../../src/engine/infer/segmenter.ts'
import { builtInDescription } from '../../../src/engine/models/built-in.ts'
import { writeOnnx } from '../../../src/engine/onnx/file.ts'
import { lookSchema } from '../../../src/shared/segment.ts'
import { adaptedBuiltIn } from '../../fixtures/adapted-network.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('A network with the empty scene of a camera in it looks at whole pictures, once', async () => {
  await mkdir(temporary('adapted'))
  const size = { width: 80, height: 64 }
  const graph = await adaptedBuiltIn(2, [1, 3, size.height, size.width])
  await writeOnnx(temporary('adapted', 'model.onnx'), graph)
  const description = {
    ...builtInDescription,
    ...{ id: 'adapted', classes: ['background', 'person'], geometryHash: 'of-a-camera' },
    input: { ...builtInDescription.input, ...size },
  }
  await writeFile(temporary('adapted', 'model.json'), JSON.stringify(description))
  const options = { modelFolder: temporary('adapted'), device: 'cpu', threads: 1, classes: null }
  for (const part of [{ flip: true }, { scales: [1, 2] }, { window: size }]) {
    const refusal = await rejection(openSegmenter({ ...options, look: lookSchema.parse(part) }))
    expect([refusal.code, refusal.message]).toEqual([
      ...['unsupported-model', expect.stringContaining('empty scene')],
    ])
  }
  await using segmenter = await openSegmenter(options)
  const mask = await segmenter.segment({ ...size, data: new Uint8Array(3 * 80 * 64) })
  expect(mask.data).toHaveLength(80 * 64)
})
