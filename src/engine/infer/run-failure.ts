/** @file Why a network could not be run. */
import { AppError } from '../../shared/errors.ts'

/** ONNX Runtime's own words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What it says when an allocation fails: its arena, or C++ itself. */
const noMemory = /failed to allocate memory|bad[ _]alloc/i

/** `not-enough-memory`, or `unsupported-model` with ONNX Runtime's words. */
export function runFailure(error: unknown): AppError {
  const words = wordsOf(error)
  if (noMemory.test(words))
    return new AppError(
      'not-enough-memory',
      'there is not enough memory to run the network on pictures of this size',
      'Close other programs, or choose a smaller input.',
      { cause: error },
    )
  return new AppError(
    'unsupported-model',
    `the network could not be run: ${words}`,
    'Check that it takes pictures of this size.',
    { cause: error },
  )
}
