/** @file What stands in the way of a training, and where it is put right. */
import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import type { ScreenName } from '../state/route.ts'

interface Way {
  /** Null where nothing can be done on another screen. */
  screen: ScreenName | null
  /** On the button that leads there, or tries again. */
  text: string
  /** In place of the engine's words, which are about commands. */
  message?: string
  hint?: string
}

const toTape = { screen: 'tape', text: 'Go to Tape' } as const
const toLabel = { screen: 'label', text: 'Paint frames' } as const
const again = { screen: null, text: 'Try again' } as const

const ways: Partial<Readonly<Record<ErrorCode, Way>>> = {
  'no-labels': {
    ...toLabel,
    message: 'nothing is painted yet',
    hint: 'The network learns from frames in which you painted the people. Eight, spread over the tape, are a good start.',
  },
  'one-class': {
    ...toLabel,
    hint: 'The network needs frames with people and frames, or parts of them, without. Paint the people in a few frames.',
  },
  'no-recipe': {
    ...toTape,
    message: 'the picture is not chosen yet',
    hint: 'Say on the Tape screen what of the tape the network looks at.',
  },
  'tape-missing': toTape,
  'tape-changed': toTape,
  'no-such-tape': toTape,
  'mask-size-differs': toLabel,
  'class-mismatch': toLabel,
  'not-enough-memory': {
    ...again,
    hint: 'Close other programs, or choose a smaller input in the advanced settings below.',
  },
}

export interface Obstacle {
  error: AppError
  /** Null where trying again is all that can be done here. */
  screen: ScreenName | null
  text: string
}

/** The way out of an error of a training or of its plan. */
export function obstacleOf(error: AppError): Obstacle {
  const way: Way = ways[error.code] ?? again
  const { message = error.message, hint = error.hint, screen, text } = way
  return { error: new AppError(error.code, message, hint), screen, text }
}
