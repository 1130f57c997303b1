import { describe, expect, it } from 'vitest'
import {
  compared,
  fileNameOf,
  provenanceOf,
  successorOf,
} from '../../../src/renderer/src/train/networks.ts'
import type { Model } from '../../../src/shared/contract/models.ts'
import { madeUpTraining } from '../../fixtures/made-up-page-training.ts'

const builtIn: Model = {
  id: 'built-in',
  name: 'DeepLab',
  kind: 'built-in',
  active: false,
  problem: null,
  bytes: 9_000_000,
  createdAt: null,
  training: null,
}

function trained(id: string, base: string, values: Partial<Model> = {}): Model {
  const frame = (at: number) => ({ tape: 1, frame: at })
  const labels = [frame(0), frame(9)]
  return {
    ...builtIn,
    id,
    name: `Network ${id}`,
    kind: 'fine-tuned',
    createdAt: '2026-11-21T08:00:00.000Z',
    training: {
      ...{ id: 1, base, preset: 'recommended', labels, heldOut: [frame(9)], adopted: true },
      selection: { base: { personIou: 0.4, loss: 1 }, new: { personIou: 0.8, loss: 0.2 } },
    },
    ...values,
  }
}

describe('a network', () => {
  it('says where it comes from', () => {
    const models = [builtIn, trained('one', 'built-in')]
    expect(provenanceOf(trained('one', 'built-in'), models)).toEqual([
      'From “DeepLab”',
      '2 painted frames, 1 of them held out for the check',
      'preset recommended',
    ])
    expect(provenanceOf(builtIn, models)).toEqual(['Comes with Maskbench'])
  })

  it('is followed by the one that it was trained from, or else by the built-in one', () => {
    const one = trained('one', 'built-in')
    const two = trained('two', 'one', { active: true })
    expect(successorOf(two, [builtIn, two, one])?.id).toBe('one')
    expect(successorOf(two, [builtIn, two])?.id).toBe('built-in')
    expect(successorOf(one, [builtIn, two, one])).toBeNull()
  })

  it('is exported under a name that every disk takes', () => {
    expect(fileNameOf({ name: 'Halle: 8 Bilder / "neu" 📼' })).toBe(
      'Halle- 8 Bilder - -neu- 📼.onnx',
    )
    expect(fileNameOf({ name: '../..' })).toBe('network.onnx')
  })
})

describe('two networks beside each other', () => {
  it('show what is known of one of them, and where they differ', () => {
    const one = trained('one', 'built-in')
    const rows = compared([one, builtIn], [builtIn, one], [madeUpTraining()])
    const row = (title: string) => rows.find((each) => each.title === title)
    expect(row('Iterations')).toMatchObject({ first: '100', second: '–', differs: true })
    expect(row('File')).toMatchObject({ first: '9 MB', second: '9 MB', differs: false })
    expect(row('Overlap there (person IoU)')?.first).toBe('0.80')
  })

  it('leave out what neither has', () => {
    const rows = compared([builtIn, builtIn], [builtIn], [])
    expect(rows.map(({ title }) => title)).toEqual(['Name', 'Origin', 'File'])
  })
})
