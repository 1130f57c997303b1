import { describe, expect, test } from 'vitest'
import { approximateScores } from '../../../src/engine/count/approximate.ts'
import type { OutputShape } from '../../../src/engine/infer/network-output.ts'
import type { ProbabilityMap } from '../../../src/engine/infer/types.ts'
import { cutCount } from '../../../src/shared/count/types.ts'
import fc from '../../fixtures/fast-check.ts'
import { naiveScores, spansWhere } from '../../fixtures/naive-scores.ts'

const size = { width: 97, height: 60 }
const map = { width: 9, height: 7 }
const cover = {
  x: { points: map.width, start: 0, cover: map.width },
  y: { points: map.height, start: 0, cover: map.height },
}
const network: OutputShape = { channels: 1, ...map, layout: 'NCHW', kind: 'logits', person: [0] }

/** What the network says of a round person of about 20 pixels at this place in the picture. */
function logitsOf(x: number, y: number): Float32Array {
  return Float32Array.from({ length: map.width * map.height }, (_, cell) => {
    const [column, row] = [cell % map.width, Math.floor(cell / map.width)]
    const across = ((column + 0.5) * size.width) / map.width - x
    const down = ((row + 0.5) * size.height) / map.height - y
    return 6 - Math.hypot(across, down) * 0.5
  })
}

const mapOf = (logits: Float32Array): ProbabilityMap => ({
  ...map,
  data: Uint8Array.from(logits, (logit) => Math.round(255 / (1 + Math.exp(-logit)))),
})

const regions = [
  spansWhere(size, () => true),
  spansWhere(size, (x, y) => x >= 13 && x < 51 && y >= 9 && y < 44),
  spansWhere(size, (x, y) => (x - 40) ** 2 + (y - 30) ** 2 < 500 && (x + y) % 5 !== 0),
]

describe('scores from probability maps', () => {
  test('are near those of the network itself at every cut, wherever the person stands', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: size.width, noNaN: true }),
        fc.double({ min: 0, max: size.height, noNaN: true }),
        (x, y) => {
          const logits = logitsOf(x, y)
          const exact = naiveScores(logits, network, size, cover, regions)
          const scores = approximateScores([mapOf(logits)], 1, regions, size)
          for (const [i, sums] of scores.entries())
            for (let cut = 1; cut < cutCount; cut++) {
              const expected = exact[i * cutCount + cut] ?? 0
              // A person covers some 450 pixels here; a few of them lie within a byte of a cut.
              expect(Math.abs((sums[cut] ?? 0) - expected)).toBeLessThan(6 + 0.01 * expected)
            }
        },
      ),
      { numRuns: 30, seed: 4 },
    )
  })

  test('are laid out by cut, then by frame', () => {
    const logits = [logitsOf(20, 20), logitsOf(50, 30), logitsOf(90, 50)]
    const [together] = approximateScores(logits.map(mapOf), 3, regions, size)
    for (const [frame, values] of logits.entries()) {
      const [alone] = approximateScores([mapOf(values)], 1, regions, size)
      for (let cut = 0; cut < cutCount; cut++)
        expect(together?.[cut * 3 + frame]).toBe(alone?.[cut])
    }
  })

  test('hold the area of a region where everything is a person, and nothing where nobody is', () => {
    const all = { ...map, data: new Uint8Array(map.width * map.height).fill(255) }
    const none = { ...map, data: new Uint8Array(map.width * map.height) }
    const [sums] = approximateScores([all, none], 2, regions, size)
    const area = size.width * size.height
    expect(sums?.[0]).toBeCloseTo(area, -Math.log10(area * 0.002))
    expect(sums?.[(cutCount - 1) * 2]).toBe(sums?.[0])
    expect(sums?.[1]).toBe(0)
  })
})
