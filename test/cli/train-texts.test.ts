import { describe, expect, test } from 'vitest'
import { forecastText } from '../../src/cli/train-texts.ts'

const forecast = {
  ...{ kind: 'estimate' as const, device: 'webgpu', reason: 'as asked', fallback: [] },
  ...{ secondsPerStep: 0.31, totalSeconds: 31, allSeconds: 70, batch: 4, accumulate: 1 },
  ...{ memoryBytes: 0.7e9, freeBytes: 12.4e9, parameters: 122 },
}

describe('What a training will take', () => {
  test('is told in a sentence', () => {
    expect(forecastText(forecast)).toBe(
      'trains on webgpu (as asked): 0.31 s a step, about 70 s in all; ' +
        'needs 0.7 GB of memory, 12.4 GB are free',
    )
  })

  test('names the nodes that the device leaves to the processor', () => {
    const some = [
      { op: 'Sum', count: 2 },
      { op: 'Erf', count: 1 },
    ]
    expect(forecastText({ ...forecast, fallback: some })).toMatch(
      /; 3 nodes fall back to the processor: Sum \(2\), Erf$/,
    )
    expect(forecastText({ ...forecast, fallback: some.slice(1) })).toMatch(
      /; 1 node falls back to the processor: Erf$/,
    )
  })
})
