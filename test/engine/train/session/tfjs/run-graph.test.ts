import { expect, test } from 'vitest'
import { floatTensor } from '../../../../../src/engine/onnx/tensor.ts'
import { loadTensorFlow } from '../../../../../src/engine/train/session/tfjs/load-tensorflow.ts'
import { TfjsGraph } from '../../../../../src/engine/train/session/tfjs/run-graph.ts'
import { AppError } from '../../../../../src/shared/errors.ts'
import { differentiated, relativeError } from '../../../../fixtures/check-gradient.ts'
import { allRows } from '../../../../fixtures/gradient-rows/all.ts'
import { interpret } from '../../../../fixtures/interpreter/interpret.ts'
import { casesOf, type OperatorCase, operatorGraph } from '../../../../fixtures/operator-case.ts'
import { describeWithTensorFlow } from '../../../../fixtures/tensorflow.ts'

const cases = casesOf(allRows).filter(({ opset = 17 }) => opset >= 17)

/** The largest error of TensorFlow.js over all outputs; null where it says that it cannot. */
async function errorOf(row: OperatorCase): Promise<number | null> {
  const { graph, feeds } = differentiated(row, Object.keys(operatorGraph(row).feeds))
  const truth = interpret(graph, feeds)
  const runnable = new TfjsGraph(await loadTensorFlow(), graph)
  try {
    const results = runnable.run(
      Object.fromEntries(
        Object.entries(feeds).map(([name, { shape, data }]) => [
          name,
          floatTensor(shape, Float32Array.from(data)),
        ]),
      ),
    )
    const errors = graph.outputs.map(({ name }) =>
      relativeError(results.get(name) ?? [], truth[name]?.data ?? []),
    )
    return Math.max(...errors)
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported-model') return null
    throw error
  } finally {
    runnable.dispose()
  }
}

/** Rows that it refuses, by their operators: none of them is part of a network's training here. */
const refused = `Mean DepthToSpace SpaceToDepth Pad GatherElements Dropout Conv MaxPool AveragePool
  BatchNormalization`.split(/\s+/)

describeWithTensorFlow('TensorFlow.js', () => {
  test.each(cases)('computes $title and its gradient, or says that it cannot', async (row) => {
    const error = await errorOf(row)
    if (error === null) expect(refused).toContain(row.op)
    else expect(error).toBeLessThan(1e-5)
  })

  test('computes nearly everything', async () => {
    const errors = await Promise.all(cases.map(errorOf))
    expect(errors.filter((error) => error === null).length / cases.length).toBeLessThan(0.07)
  })
})
