/** @file The little that every native call here shares: error codes and logging. */
import { AV_LOG_QUIET } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'
import { AppError, type ErrorCode } from '../../shared/errors.ts'

/** FFmpeg writes to stderr on its own account; our messages are the only ones a user sees. */
Log.setLevel(AV_LOG_QUIET)

/** FFmpeg's words for a negative return code, without the noise around them. */
export function nativeReason(code: number): string {
  return FFmpegError.strerror(code)
}

/**
 * Returns a native result unless it is an error code.
 *
 * @throws AppError with `code`, whose message is `what` and FFmpeg's reason.
 */
export function checked(result: number, what: string, code: ErrorCode = 'internal'): number {
  if (result < 0) throw new AppError(code, `${what}: ${nativeReason(result)}`)
  return result
}

/** A native object that could not be made; only a build without the part it needs gets here. */
export function required<T>(value: T | null, what: string): T {
  if (value === null) throw new AppError('internal', `this build of FFmpeg lacks ${what}`)
  return value
}
