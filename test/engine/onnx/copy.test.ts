import { describe, expect, test } from 'vitest'
import { copyGraph } from '../../../src/engine/onnx/copy.ts'
import { addNode } from '../../../src/engine/onnx/graph.ts'
import { fixShapes } from '../../../src/engine/onnx/shapes.ts'
import { exportedNetwork } from '../../fixtures/exported-network.ts'
import { real } from '../../fixtures/shape-cases/shape-case.ts'

describe('A copy of a graph', () => {
  test('is equal, and shares the data of its weights', async () => {
    const graph = await exportedNetwork('unet')
    const copy = copyGraph(graph)
    expect(copy).toEqual(graph)
    expect(copy.weights.get('last.weight')).toBe(graph.weights.get('last.weight'))
  })

  test('can be changed everywhere without changing the original', async () => {
    const [graph, same] = [await exportedNetwork('unet'), await exportedNetwork('unet')]
    const copy = copyGraph(graph)
    fixShapes(copy, { image: [1, 3, 16, 16] })
    addNode(copy, 'Relu', ['logits'], 'more')
    copy.weights.set('one', real(1))
    copy.metadata.note = 'changed'
    copy.otherOpsets['com.microsoft'] = 1
    for (const node of copy.nodes) {
      node.inputs.push('one')
      node.outputs.push('two')
      node.attributes.group = { int: 2 }
    }
    for (const value of [...copy.inputs, ...copy.outputs, ...copy.values.values()]) value.name = 'z'
    expect(graph).toEqual(same)
  })
})
