import { beforeAll, describe, expect, it } from 'vitest'
import { readOnnx } from '../../../../src/engine/onnx/file.ts'
import type { Graph } from '../../../../src/engine/onnx/graph.ts'
import { chooseParameters } from '../../../../src/engine/train/graph/choose-parameters.ts'
import { trainableWeights } from '../../../../src/engine/train/graph/parameters.ts'
import { caught } from '../../../fixtures/caught.ts'
import { smallNetwork } from '../../../fixtures/small-network.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let graph: Graph
beforeAll(async () => {
  const folder = await smallNetwork(temporary('small'))
  graph = (await readOnnx(`${folder}/model.onnx`)).graph
})

function chosen(
  scope: string,
  { freezeDepthwise = false, middle = 'middle' as string | null } = {},
) {
  const head = ['logits.weight', 'logits.bias']
  const landmarks = { trainable: trainableWeights(graph), head, added: ['extra'], middle }
  return chooseParameters(graph, { scope, freezeDepthwise }, landmarks)
}

const layers = (...names: string[]) => names.flatMap((name) => [`${name}.weight`, `${name}.bias`])

describe('the scope of a training', () => {
  it('is the last layer', () => {
    expect(chosen('head')).toEqual([...layers('logits'), 'extra'])
  })

  it('is everything but running statistics', () => {
    expect(chosen('all')).toEqual([
      ...layers('stem', 'norm', 'middle', 'features', 'logits'),
      'extra',
    ])
  })

  it('is what follows the middle features', () => {
    expect(chosen('middle')).toEqual([...layers('features', 'logits'), 'extra'])
  })

  it('is everything from a layer on', () => {
    expect(chosen('norm')).toEqual([...layers('norm', 'middle', 'features', 'logits'), 'extra'])
    expect(chosen('middle.weight')).toEqual([...layers('middle', 'features', 'logits'), 'extra'])
  })

  it('leaves depthwise kernels out where asked', () => {
    expect(chosen('norm', { freezeDepthwise: true })).toEqual([
      ...layers('norm', 'features', 'logits'),
      'extra',
    ])
  })

  it('cannot begin at what is not there', () => {
    expect(caught(() => chosen('nowhere'))).toMatchObject({
      code: 'bad-value',
      message: "the network has no layer 'nowhere'",
      hint: expect.stringContaining('stem.weight'),
    })
    expect(caught(() => chosen('middle', { middle: null }))).toMatchObject({ code: 'bad-value' })
  })
})
