import { beforeAll, describe, expect, it } from 'vitest'
import { indexTape } from '../../../src/engine/media/tape.ts'
import type { TapeIndex } from '../../../src/engine/media/types.ts'
import { scoreFrames } from '../../../src/engine/train/score-frames.ts'
import { squareMask, squareSize, squareTape } from '../../fixtures/square-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const temporary = temporaryFolder()
let index: TapeIndex
beforeAll(async () => {
  index = await indexTape(await squareTape(temporary('tape')))
})

/** Scores a network with these biases of background and person. */
async function score(biases: readonly number[], masks: readonly Uint8Array[]) {
  const modelFolder = await tinyNetwork(temporary(`tiny${biases.join('_')}`), biases)
  return scoreFrames({
    tapes: [{ source: 4, index, filters: '' }],
    size: squareSize,
    labels: masks.map((mask, i) => ({ source: 4, frame: 3 + 2 * i, mask })),
    classes: ['background', 'person'],
    modelFolder,
    input: squareSize,
    device: 'cpu',
    threads: 1,
  })
}

const pixels = squareSize.width * squareSize.height
const truth = [squareMask(3), squareMask(5)]
const square = 24 * 24

describe('the selection score', () => {
  it('is the overlap over all frames, and each frame’s own', async () => {
    // A network that sees people everywhere.
    const { personIou, frames } = await score([-50, 50, -50, -50], truth)
    expect(frames.map(({ source, frame }) => [source, frame])).toEqual([
      [4, 3],
      [4, 5],
    ])
    expect(frames[0]).toMatchObject({ intersection: square, union: pixels })
    expect(personIou).toBeCloseTo(square / pixels, 10)
  })

  it('is 0 for a network that sees nobody, and its loss that of being sure and wrong', async () => {
    const { personIou, loss } = await score([50, -50, -50, -50], truth)
    expect(personIou).toBe(0)
    expect(loss).toBeCloseTo((square / pixels) * -Math.log(1e-7), 5)
  })

  it('is 1 where nobody is and nobody is seen', async () => {
    const { personIou, loss } = await score([50, -50, -50, -50], [new Uint8Array(pixels)])
    expect(personIou).toBe(1)
    expect(loss).toBeCloseTo(0, 5)
  })

  it('leaves out what is ignored', async () => {
    const rest = truth[0]?.map((label) => (label === 1 ? 1 : 255)) ?? new Uint8Array()
    const { frames, personIou } = await score([-50, 50, -50, -50], [rest])
    expect(frames[0]).toMatchObject({ intersection: square, union: square })
    expect(personIou).toBe(1)
  })
})
