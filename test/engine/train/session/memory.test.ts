import { describe, expect, it } from 'vitest'
import { addNode, emptyGraph, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { fixShapes } from '../../../../src/engine/onnx/shapes.ts'
import {
  arenaBytes,
  freeBytes,
  memoryNeed,
  partsWithin,
  peakBytes,
} from '../../../../src/engine/train/session/memory.ts'
import { caught } from '../../../fixtures/caught.ts'

/** a → b → c, and a + c: while c is computed, a and b are there; then a, c and the sum. */
function chain(): Graph {
  const graph = emptyGraph('chain')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [1000] })
  addNode(graph, 'Relu', ['x'], 'a')
  addNode(graph, 'Relu', ['a'], 'b')
  addNode(graph, 'Relu', ['b'], 'c')
  addNode(graph, 'Relu', ['c'], 'd')
  addNode(graph, 'Add', ['b', 'd'], 'sum')
  graph.outputs.push({ name: 'sum', type: 'float32', shape: [1000] })
  fixShapes(graph, { x: [1000] })
  graph.values.set('sum', { name: 'sum', type: 'float32', shape: [1000] })
  return graph
}

describe('the memory of a training', () => {
  it('is that of the results that are needed at the same time', () => {
    expect(peakBytes(chain())).toBe(3 * 4000)
  })

  it('grows with graphs, parameters and what is kept', () => {
    const small = { graphs: [], parameters: 0, optimiserArrays: 2, kept: 0 }
    const least = memoryNeed(small)
    expect(memoryNeed({ ...small, parameters: 1000, kept: 10 })).toBe(least + 4010)
    expect(memoryNeed({ ...small, graphs: [chain()] })).toBeGreaterThanOrEqual(least + 12_000)
  })

  it('comes in regions that double', () => {
    const megabytes = (inUse: number) => arenaBytes(inUse * 2 ** 20) / 2 ** 20
    expect([0, 0.5, 1, 10, 380, 500].map(megabytes)).toEqual([0, 1, 3, 15, 511, 1023])
    expect(megabytes(3000)).toBe(1023 + 3 * 1024)
  })

  it('is compared with what is free', () => {
    expect(freeBytes()).toBeGreaterThan(0)
  })
})

describe('a batch', () => {
  const need = (samples: number) => samples * 100

  it('is computed at once where the memory allows', () => {
    expect(partsWithin(8, 1, 10_000, need)).toBe(1)
    expect(partsWithin(8, 2, 10_000, need)).toBe(2)
  })

  it('is computed in equal parts where it does not', () => {
    expect(partsWithin(8, 1, 500, need)).toBe(2)
    expect(partsWithin(6, 1, 300, need)).toBe(3)
    expect(partsWithin(7, 1, 300, need)).toBe(7)
  })

  it('is refused where not even one sample fits', () => {
    const error = caught(() => partsWithin(4, 1, 3 * 2 ** 20, () => 5 * 2 ** 20))
    expect(error).toMatchObject({
      code: 'not-enough-memory',
      message: 'training needs 5 MB with one picture at a time, 3 MB are free',
      hint: expect.stringContaining('--input'),
    })
  })
})
