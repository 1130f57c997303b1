import sharp from 'sharp'
import { expect, test } from 'vitest'
import { indexTape } from '../../../../src/engine/media/tape.ts'
import { addModel } from '../../../../src/engine/models/add-model.ts'
import { readWeights } from '../../../../src/engine/models/import-checkpoint.ts'
import { architectures, buildNetwork } from '../../../../src/engine/models/zoo/architectures.ts'
import { loadWeights } from '../../../../src/engine/models/zoo/load-weights.ts'
import { sizeOf } from '../../../../src/engine/onnx/tensor.ts'
import { scoreFrames } from '../../../../src/engine/train/score-frames.ts'
import { goldenFloat32 } from '../../../fixtures/golden-hash.ts'
import { type Stats, statsDifference } from '../../../fixtures/golden-network.ts'
import { runOnRuntime } from '../../../fixtures/run-graph.ts'
import { describeWithShared, sharedPath } from '../../../fixtures/shared.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const checkpoint = sharedPath('weights', 'espnetv2_s_0.5_pascal_384x384.pth')

/**
 * Logits of the published weights for the goldens' image, by PyTorch 2.15: the forward pass of
 * EdgeNets (model/segmentation/espnetv2.py) before its last interpolation.
 */
const published: Stats = {
  shape: [2, 21, 40, 56],
  norm: 1246.6472655566483,
  mean: 0.0017950434129321662,
  at: [0, 13439, 26879, 40319, 53759, 67199, 80639, 94079],
  value: [
    8.66808032989502, -0.8986375331878662, 3.7942583560943604, -0.2916247844696045,
    -2.7326090335845947, 0.44383755326271057, -2.8989601135253906, 0.33190202713012695,
  ],
}

describeWithShared('ESPNetv2 with its published weights', () => {
  test('gives the logits of its PyTorch original', async () => {
    const graph = buildNetwork('espnetv2', { classes: 21 })
    loadWeights(graph, await readWeights(checkpoint), architectures.espnetv2)
    const shape = [2, 3, 80, 112]
    const image = { shape, data: Float64Array.from(goldenFloat32('image', sizeOf(shape))) }
    const { logits } = await runOnRuntime(graph, { image }, { optimised: true })
    expect(logits?.shape).toEqual(published.shape)
    expect(statsDifference(logits?.data ?? [], published)).toBeLessThan(1e-5)
  })

  test('finds people on real pictures', async () => {
    const { folder } = await addModel(temporary('p'), checkpoint, { as: 'espnetv2' })
    const footage = sharedPath('data', 'humanbody2')
    const index = await indexTape(`${footage}/video.mp4`)
    const frames = [40, 200, 380, 550]
    const labels = await Promise.all(
      frames.map(async (frame) => {
        const file = `${footage}/masks/${String(frame).padStart(6, '0')}.png`
        const truth = await sharp(file).extractChannel(0).raw().toBuffer()
        // 170 is the rim that is not scored.
        const mask = Uint8Array.from(truth, (value) =>
          value === 170 ? 255 : Number(value === 255),
        )
        return { source: 1, frame, mask }
      }),
    )
    const { personIou } = await scoreFrames({
      tapes: [{ source: 1, index, filters: '' }],
      size: { width: 320, height: 240 },
      labels,
      classes: ['background', 'person'],
      modelFolder: folder,
      input: { width: 320, height: 240 },
      device: 'cpu',
    })
    expect(personIou).toBeGreaterThan(0.5)
  })
})
