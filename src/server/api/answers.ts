/** @file Answers of the HTTP API. */
import { securityHeaders } from '../../engine/page/page-headers.ts'
import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts'
import type { Refusal } from '../guard.ts'

type Headers = Readonly<Record<string, string>>

/** Nobody keeps what was made of a picture. */
const usual: Headers = { ...securityHeaders, 'cache-control': 'no-store' }

export function jsonAnswer(status: number, value: unknown, headers: Headers = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { ...usual, 'content-type': 'application/json', ...headers },
  })
}

export function pngAnswer(png: Uint8Array, headers: Headers): Response {
  return new Response(new Uint8Array(png), {
    headers: { ...usual, 'content-type': 'image/png', ...headers },
  })
}

/** What a caller can do something about; all else is the server's fault, 500. */
const statuses: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  'bad-value': 400,
  'other-geometry': 400,
  'no-such-model': 404,
  'weights-missing': 404,
  'picture-too-large': 413,
  'unsupported-picture': 415,
  'queue-full': 429,
}

/** Seconds after which another try makes sense. */
const retryAfter = '1'

/** A failure as JSON, with the status of its code or a given one. */
export function failureAnswer(failure: unknown, status?: number, headers: Headers = {}): Response {
  const error = toAppError(failure)
  const found = status ?? statuses[error.code] ?? 500
  const retry = found === 429 ? { 'retry-after': retryAfter } : {}
  // What is left of a body that is too long is not read.
  const end = found === 413 ? { connection: 'close' } : {}
  return jsonAnswer(found, { error: error.toJSON() }, { ...retry, ...end, ...headers })
}

/** A refusal that has no code of its own elsewhere. */
export function refusal(
  status: number,
  message: string,
  hint: string,
  headers?: Headers,
): Response {
  return failureAnswer(new AppError('usage', message, hint), status, headers)
}

/** A program that was not let in; the challenge is what RFC 6750 asks for. */
export function refusedProgram({ status, reason }: Refusal): Response {
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer realm="Maskbench"' } : {}
  const hint = status === 401 ? 'The token is in the file serve-token in the data folder.' : ''
  return refusal(status, reason, hint, { connection: 'close', ...challenge })
}
