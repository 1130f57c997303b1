import { describe, expect, test } from 'vitest'
import { checkGradient } from '../../../fixtures/check-gradient.ts'
import { casesOf, list, type Row, real } from '../../../fixtures/operator-case.ts'

/** A square kernel that keeps the sides, for a picture `[batch, channels, 5, 6]`. */
function square(
  title: string,
  sides: { batch: number; channels: number },
  side: number,
  d = 1,
): Row {
  const pad = (d * (side - 1)) / 2
  return {
    title,
    inputs: [real([sides.batch, sides.channels, 5, 6]), real([3, sides.channels, side, side])],
    attributes: { dilations: list(d, d), pads: list(pad, pad, pad, pad) },
  }
}

const rows: Row[] = [
  square('one picture', { batch: 1, channels: 17 }, 3),
  square('more pictures', { batch: 3, channels: 17 }, 3),
  square('dilated so far that taps miss parts', { batch: 1, channels: 17 }, 3, 3),
  square('dilated in more pictures', { batch: 2, channels: 17 }, 3, 3),
  square('dilated so far that taps miss all', { batch: 1, channels: 17 }, 3, 6),
  square('1x1 in one picture', { batch: 1, channels: 4 }, 1),
  {
    title: 'many channels of few pixels',
    inputs: [real([2, 20, 2, 2]), real([18, 20, 1, 1])],
  },
  {
    title: 'many channels of few pixels, dilated',
    inputs: [real([2, 20, 3, 2]), real([18, 20, 3, 3])],
    attributes: { dilations: list(2, 2), pads: list(2, 2, 2, 2) },
  },
]

describe('The gradient of a kernel is that of differences whichever way it is computed, for', () => {
  test.each(casesOf({ Conv: rows }))('$title', async (row) => {
    const errors = await checkGradient(row)
    expect(errors.differences).toBeLessThan(1e-6)
    expect(errors.runtime).toBeLessThan(1e-5)
  })
})
