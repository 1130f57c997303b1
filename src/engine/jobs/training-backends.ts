/** @file What can compute a training. */

export const trainingBackends = ['onnx'] as const
