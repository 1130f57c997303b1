import { expect, it } from 'vitest'
import { openFrameScorer } from '../../../src/engine/infer/frame-scorer.ts'
import { openFilter } from '../../../src/engine/media/filter.ts'
import { builtInModel } from '../../../src/engine/models/built-in.ts'
import { filterChain } from '../../../src/engine/preprocess/filter-chain.ts'
import { defaultRule } from '../../../src/shared/count/rule.ts'
import { cutCount, cuts } from '../../../src/shared/count/types.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { occupancyF1, sampleFrames } from './sample-frames.ts'

const temporary = temporaryFolder()

it('is hard for the built-in network: the F1 of occupancy stays below 0.6', async () => {
  const { tape, recipe, regions, ...sample } = sampleFrames(512, 30)
  using filter = await openFilter({ ...tape, pixelFormat: 'rgb24' }, filterChain(recipe, tape))
  await using scorer = await openFrameScorer({
    modelFolder: (await builtInModel(temporary('models'))).folder,
    size: recipe.size,
    input: recipe.size,
    device: 'cpu',
    threads: 2,
    regions,
  })
  const { threshold, cut } = defaultRule(recipe.size)
  const counted: boolean[][] = regions.map(() => [])
  for (const { picture } of sample.frames()) {
    const { data } = await filter.apply(new Uint8Array(picture.buffer))
    const { sums } = await scorer.score(data)
    counted.forEach((list, region) => {
      list.push((sums[region * cutCount + cuts.indexOf(cut)] ?? 0) > threshold)
    })
  }
  const truth = sample.truth()
  expect(truth.rois.flatMap(({ occupied }) => occupied).length).toBeGreaterThan(30)
  expect(occupancyF1(truth, counted)).toBeLessThan(0.6)
}, 120_000)
