import { describe, expect, test } from 'vitest'
import { copyGraph } from '../../../../src/engine/onnx/copy.ts'
import { addNode, emptyGraph, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { fixShapes, shapeOf } from '../../../../src/engine/onnx/shapes.ts'
import { trainableWeights } from '../../../../src/engine/train/graph/parameters.ts'
import { splitFrozen } from '../../../../src/engine/train/graph/split-frozen.ts'
import { caught } from '../../../fixtures/caught.ts'
import { largestDifference } from '../../../fixtures/difference.ts'
import { exportedNetwork } from '../../../fixtures/exported-network.ts'
import { type Feeds, noiseTensor, runOutputs } from '../../../fixtures/run-values.ts'
import { reals } from '../../../fixtures/shape-cases/shape-case.ts'

/** x → first convolution → its relu; both go into what follows. */
function sketch(build: (graph: Graph) => void): Graph {
  const graph = emptyGraph('sketch')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [1, 2, 4, 4] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  graph.weights.set('w1', noiseTensor([4, 2, 3, 3], 1))
  graph.weights.set('w2', noiseTensor([3, 4, 1, 1], 2))
  addNode(graph, 'Conv', ['x', 'w1'], 'c1')
  addNode(graph, 'Relu', ['c1'], 'r1')
  build(graph)
  fixShapes(graph, {})
  return graph
}

const names = (values: readonly { name: string }[] | undefined): string[] | undefined =>
  values?.map(({ name }) => name)

/** The outputs of both parts, one after the other. */
async function runParts(
  { frozen, rest }: { frozen: Graph | null; rest: Graph },
  feeds: Feeds,
): Promise<Feeds> {
  const kept = frozen ? Object.fromEntries(await runOutputs(frozen, feeds)) : {}
  const all = { ...feeds, ...kept }
  const wanted = Object.fromEntries(
    rest.inputs.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])),
  )
  return { ...kept, ...Object.fromEntries(await runOutputs(rest, wanted)) }
}

describe('A network cut before what is trained', () => {
  test('is cut behind the relu where only that is used', async () => {
    const graph = sketch((draft) => {
      addNode(draft, 'Conv', ['r1', 'w2'], 'y')
    })
    const parts = splitFrozen(graph, ['w2'])
    expect(names(parts.frozen?.outputs)).toEqual(['r1'])
    expect(names(parts.rest.inputs)).toEqual(['r1'])
    expect(parts.rest.nodes.map(({ op }) => op)).toEqual(['Conv'])
    expect([...(parts.frozen?.weights.keys() ?? [])]).toEqual(['w1'])
    expect([...parts.rest.weights.keys()]).toEqual(['w2'])
  })

  test('keeps one of two values where the other follows from it quickly', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'Conv', ['r1', 'w2'], 'c2')
      addNode(draft, 'ReduceMean', ['c2'], 'mean')
      addNode(draft, 'Mul', ['c1', 'mean'], 'y')
    })
    const { frozen, rest } = splitFrozen(graph, ['w2'])
    expect(names(frozen?.outputs)).toEqual(['c1'])
    expect(rest.nodes.map(({ op }) => op)).toEqual(['Relu', 'Conv', 'ReduceMean', 'Mul'])
  })

  test('keeps small features and enlarges them again', () => {
    const graph = sketch((draft) => {
      draft.weights.set('scales', reals(1, 1, 4, 4))
      addNode(draft, 'Resize', ['r1', '', 'scales'], 'large')
      addNode(draft, 'Conv', ['large', 'w2'], 'y')
    })
    const { frozen, rest } = splitFrozen(graph, ['w2'])
    expect(names(frozen?.outputs)).toEqual(['r1'])
    expect(rest.nodes.map(({ op }) => op)).toEqual(['Resize', 'Conv'])
  })

  test('has no frozen part where the first layer is trained', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'Conv', ['r1', 'w2'], 'y')
    })
    const { frozen, rest } = splitFrozen(graph, ['w1', 'w2'])
    expect(frozen).toBeNull()
    expect(rest.nodes).toHaveLength(3)
    expect(names(rest.inputs)).toEqual(['x'])
  })

  test('takes the picture beside features, and leaves outputs that never change to the frozen part', () => {
    const graph = sketch((draft) => {
      draft.outputs.push({ name: 'side', type: 'float32', shape: null })
      addNode(draft, 'Sigmoid', ['r1'], 'side')
      addNode(draft, 'ReduceMean', ['r1'], 'mean')
      addNode(draft, 'Conv', ['r1', 'w2'], 'c2')
      addNode(draft, 'ReduceMean', ['c2'], 'm2')
      addNode(draft, 'Mul', ['m2', 'x'], 'y')
    })
    const { frozen, rest } = splitFrozen(graph, ['w2'])
    expect(names(rest.inputs)).toEqual(['x', 'r1'])
    expect(names(rest.outputs)).toEqual(['y'])
    expect(names(frozen?.outputs)).toEqual(['r1', 'side'])
  })

  test('leaves the original as it is', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'Conv', ['r1', 'w2'], 'y')
    })
    const before = copyGraph(graph)
    splitFrozen(graph, ['w2'])
    expect(graph).toEqual(before)
  })

  test('wants a parameter that matters', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'Sigmoid', ['r1'], 'y')
    })
    expect(caught(() => splitFrozen(graph, ['w2']))).toMatchObject({ code: 'bad-value' })
  })
})

describe('Both parts of an exported network', () => {
  test.each(['unet', 'deeplab'] as const)(
    '(%s) give its logits, wherever it is cut',
    async (name) => {
      const graph = await exportedNetwork(name)
      const image = noiseTensor([2, 3, 32, 48])
      const weights = trainableWeights(graph)
      fixShapes(graph, { image: image.shape })
      const whole = await runOutputs(graph, { image })
      for (const first of [1, 4, 10, weights.length - 2]) {
        const parts = splitFrozen(graph, weights.slice(first))
        const results = await runParts(parts, { image })
        const logits = results.logits
        expect(shapeOf(parts.rest, 'logits')).toEqual(logits?.shape)
        expect(largestDifference(logits?.data ?? [], whole.get('logits')?.data ?? [])).toBe(0)
      }
    },
  )

  test('are cut in the same place for one sample and for a batch', async () => {
    const cut = async (batch: number) => {
      const graph = await exportedNetwork('deeplab')
      const parameters = trainableWeights(graph).slice(-6)
      fixShapes(graph, { image: [batch, 3, 32, 48] })
      return splitFrozen(graph, parameters)
    }
    const [one, four] = [await cut(1), await cut(4)]
    expect(names(one.frozen?.outputs)).toEqual(names(four.frozen?.outputs))
    expect(names(one.frozen?.outputs)).toEqual(names(four.rest.inputs))
  })
})
