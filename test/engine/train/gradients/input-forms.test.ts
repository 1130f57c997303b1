import { describe, expect, it } from 'vitest'
import { modelDescriptionSchema } from '../../../../src/engine/models/types.ts'
import { addNode, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { labelSides } from '../../../../src/engine/train/graph/step-graphs.ts'
import { fileTrainRequests } from '../../../fixtures/file-train-requests.ts'
import { smallNetwork } from '../../../fixtures/small-network.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'
import { lossesOf, trained } from '../../../fixtures/train-request.ts'

const temporary = temporaryFolder()
const make = fileTrainRequests(temporary)

/** Channels last, at both ends. */
function turned(graph: Graph): void {
  const [image, logits] = [graph.inputs[0], graph.outputs[0]]
  const nodes = graph.nodes.splice(0)
  addNode(graph, 'Transpose', ['picture'], 'image', { perm: { ints: [0, 3, 1, 2] } })
  graph.nodes.push(...nodes)
  addNode(graph, 'Transpose', ['logits'], 'answer', { perm: { ints: [0, 2, 3, 1] } })
  if (image) Object.assign(image, { name: 'picture', shape: ['batch', 'height', 'width', 3] })
  if (logits) Object.assign(logits, { name: 'answer', shape: ['batch', 'rows', 'columns', 2] })
}

describe('a network with channels last', () => {
  it('is trained as the same one with channels first', async () => {
    const settings = { iterations: 6, scope: 'features' }
    const first = await trained(make('first', settings))
    const modelFolder = await smallNetwork(temporary('turned'), turned, {
      input: { name: 'picture', layout: 'NHWC' },
      output: { name: 'answer', layout: 'NHWC' },
    })
    const last = await trained({ ...make('last', settings), modelFolder })
    for (const [i, loss] of lossesOf(first.events).entries())
      expect(lossesOf(last.events)[i]).toBeCloseTo(loss, 4)
  })
})

describe('a network whose input the picture does not fill', () => {
  const input = { width: 96, height: 96 }

  it('has labels all over its input', () => {
    const description = modelDescriptionSchema.parse({
      id: 'padded',
      name: 'Padded',
      input: { name: 'image', resize: 'pad' },
      output: { name: 'logits' },
      classes: ['a', 'b'],
      classMap: {},
    })
    const sides = (size: { width: number; height: number }) =>
      labelSides({ description }, { size, input })
    expect(sides({ width: 96, height: 64 })).toEqual([96, 96])
    expect(sides({ width: 200, height: 100 })).toEqual([200, 200])
    expect(sides({ width: 50, height: 100 })).toEqual([100, 100])
  })

  it('learns from the picture alone', async () => {
    const modelFolder = await smallNetwork(temporary('padded'), () => {}, {
      input: { resize: 'pad' },
    })
    const { summary } = await trained({
      ...make('padding', { input, iterations: 40 }),
      modelFolder,
    })
    expect(summary.loss.last).toBeLessThan(summary.loss.first / 2)
  })
})
