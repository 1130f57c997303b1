/** @file A sample as the training graph takes it, and the tensors of a whole batch of them. */
import type { Tensors } from '../../infer/session.ts'
import { type ElementType, sizeOf, type Tensor } from '../../onnx/tensor.ts'
import { labelsName } from '../graph/training-graph.ts'

export type SampleArray = Float32Array | Uint8Array

/** One input of the training graph, for one sample; the first side of `shape` is 1. */
export interface SampleInput {
  name: string
  type: Extract<ElementType, 'float32' | 'uint8'>
  shape: readonly number[]
}

/** What all samples of a training graph have in common. */
export interface SampleLayout {
  inputs: readonly SampleInput[]
  /** Height and width of the labels. */
  labels: readonly [number, number]
}

export interface PreparedSample {
  /** In the order of the layout's inputs. */
  values: readonly SampleArray[]
  /** Class index of each pixel, 255 = ignored. */
  labels: Uint8Array
}

function arrayFor({ type, shape }: SampleInput, samples: number): SampleArray {
  const length = samples * sizeOf(shape)
  return type === 'uint8' ? new Uint8Array(length) : new Float32Array(length)
}

/** A sample of this layout, to be filled. */
export function emptySample({ inputs, labels }: SampleLayout): PreparedSample {
  return {
    values: inputs.map((input) => arrayFor(input, 1)),
    labels: new Uint8Array(sizeOf(labels)),
  }
}

/** Bytes that a sample takes. */
export function sampleBytes({ inputs, labels }: SampleLayout): number {
  const bytes = inputs.map(({ type, shape }) => sizeOf(shape) * (type === 'uint8' ? 1 : 4))
  return bytes.reduce((sum, part) => sum + part, sizeOf(labels))
}

/** The input tensors of a training graph, filled sample by sample. */
export class BatchTensors {
  readonly tensors: Tensors
  readonly #values: readonly SampleArray[]
  readonly #labels: Int32Array

  constructor({ inputs, labels }: SampleLayout, batch: number) {
    this.#values = inputs.map((input) => arrayFor(input, batch))
    this.#labels = new Int32Array(batch * sizeOf(labels))
    const tensors = inputs.map(({ name, type, shape }, i): [string, Tensor] => {
      const data = this.#values[i] ?? new Float32Array()
      return [name, { type, shape: [batch, ...shape.slice(1)], data }]
    })
    const labelTensor: Tensor = { type: 'int32', shape: [batch, ...labels], data: this.#labels }
    this.tensors = { ...Object.fromEntries(tensors), [labelsName]: labelTensor }
  }

  /** Puts a sample at a place of the batch. */
  set(place: number, { values, labels }: PreparedSample): void {
    for (const [i, value] of values.entries()) this.#values[i]?.set(value, place * value.length)
    this.#labels.set(labels, place * labels.length)
  }
}
