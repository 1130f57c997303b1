import { describe, expect, it } from 'vitest'
import { checkedJson } from '../../../src/renderer/src/experiments/new/checked.ts'
import {
  partsOf,
  seedsIn,
  startKey,
  startsOf,
} from '../../../src/renderer/src/experiments/new/form-parts.ts'
import { augmentationSchema } from '../../../src/shared/augmentation.ts'
import type { ExperimentChoices } from '../../../src/shared/contract/experiments.ts'

const choices: ExperimentChoices = {
  architectures: [
    { name: 'unet_vgg16', title: 'U-Net with VGG16', multiple: 32, hasAuxiliaryHead: false },
  ],
  models: [{ id: 'built-in', name: 'DeepLab', multiple: 8 }],
  experiments: [{ id: 3, name: 'First' }],
  sets: [
    {
      ...{ id: 1, name: 'a', images: 10 },
      splits: [
        { name: 'train', annotated: 6 },
        { name: 'val', annotated: 2 },
      ],
    },
    { id: 2, name: 'b', images: 5, splits: [{ name: 'train', annotated: 4 }] },
  ],
  classes: ['background', 'lung'],
}

describe('the form of a new experiment', () => {
  it('offers layers, networks and experiments to begin with, each by a key of its own', () => {
    const starts = startsOf(choices)
    expect(starts.map(({ text }) => text)).toEqual([
      'U-Net with VGG16, random weights',
      'The network DeepLab',
      'Best weights of #3 First',
    ])
    expect(new Set(starts.map(({ network }) => startKey(network))).size).toBe(3)
  })

  it('counts the pictures of the parts of the chosen sets', () => {
    expect(partsOf(choices, [])).toEqual([
      { name: 'train', annotated: 10 },
      { name: 'val', annotated: 2 },
    ])
    expect(partsOf(choices, [2])).toEqual([{ name: 'train', annotated: 4 }])
  })

  it.each([
    ['0', [0]],
    ['0, 1 7', [0, 1, 7]],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['one', null],
  ])('reads the seeds of %j', (text, seeds) => {
    expect(seedsIn(text)).toEqual(seeds)
  })
})

describe('data typed as JSON', () => {
  it('are taken where the schema takes them', () => {
    expect(checkedJson('[{"kind": "flip-up-down"}]', augmentationSchema)).toMatchObject({
      value: { kind: 'sequential', steps: [{ kind: 'flip-up-down', probability: 0.5 }] },
    })
  })

  it('are refused with the place that is wrong', () => {
    const checked = checkedJson('[{"kind": "affine", "scale": [2, 1]}]', augmentationSchema)
    expect(checked).toEqual({
      problem: 'steps.0.scale: a range is [least, greatest], not the other way round',
    })
    expect(checkedJson('[{"kind"', augmentationSchema)).toHaveProperty('problem')
  })
})
