import { describe, expect, it } from 'vitest'
import { again, continued } from '../../../src/renderer/src/experiments/about/successors.ts'
import {
  settingTitle,
  valueText,
} from '../../../src/renderer/src/experiments/list/setting-words.ts'
import { moved, waitingOf } from '../../../src/renderer/src/experiments/queue/queue-order.ts'
import { bestSentence, epochsText, startText } from '../../../src/renderer/src/experiments/words.ts'
import { shownExperiment } from '../../fixtures/experiment-summary.ts'

describe('the best epoch', () => {
  it('is named with its stage', () => {
    expect(bestSentence(shownExperiment(1, [[0.9, 0.8, 0.25]]))).toBe(
      'The best is epoch 1 of “all”: validation loss 0.25, mean IoU 50%.',
    )
  })

  it('is named with its seed where there are several', () => {
    expect(bestSentence(shownExperiment(1, [[0.9], [0.5]]))).toContain(
      'epoch 1 of “heads” with seed 1',
    )
  })

  it('is none before the first epoch', () => {
    expect(bestSentence(shownExperiment(1))).toBe('No epoch is done yet.')
  })
})

describe('an experiment in words', () => {
  it('says how many epochs of all seeds are done', () => {
    expect(epochsText(shownExperiment(1, [[0.9], [0.5, 0.4]]))).toBe('3 of 10')
  })

  it('says what it begins with', () => {
    expect(startText(shownExperiment(1))).toBe('unet_vgg16, random weights')
    const parent = { experiment: 1, model: null, name: 'First' }
    const settings = continued(shownExperiment(1))
    expect(startText({ settings, parent })).toBe('best weights of #1 First')
  })

  it('has settings whose paths can be read', () => {
    expect(settingTitle('stages.0.learningRate')).toBe('Stage 1: learning rate')
    expect(settingTitle('optimiser.weightDecay')).toBe('Optimiser weight decay')
    expect(valueText('null')).toBe('none')
    expect(valueText(null)).toBe('–')
    expect(valueText('x'.repeat(100))).toHaveLength(61)
  })
})

describe('a new one after another', () => {
  it('has the same settings under another name', () => {
    const former = shownExperiment(4)
    expect(again(former)).toEqual({ ...former.settings, name: 'U-Net, again' })
  })

  it('goes on from its best weights', () => {
    expect(continued(shownExperiment(4)).network).toEqual({
      ...{ kind: 'experiment', experiment: 4, weights: 'best' },
    })
  })
})

describe('the queue', () => {
  it('has those that wait, the next one first', () => {
    const experiments = [
      shownExperiment(4, [], { state: 'queued', position: 1 }),
      shownExperiment(3, [], { state: 'queued', position: 0 }),
      shownExperiment(2, [], { state: 'running', position: null }),
      shownExperiment(1),
    ]
    expect(waitingOf(experiments).map(({ id }) => id)).toEqual([3, 4])
  })

  it('is put in another order one place at a time', () => {
    expect(moved([1, 2, 3], 2, -1)).toEqual([1, 3, 2])
    expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3])
    expect(moved([1, 2, 3], 0, -1)).toEqual([1, 2, 3])
    expect(moved([1, 2, 3], 2, 1)).toEqual([1, 2, 3])
  })
})
