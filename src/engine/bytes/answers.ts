/** @file Answers in bytes: a body with its type, or a failure as JSON. */
import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts'
import { securityHeaders } from '../page/page-headers.ts'

/** What is there changes with the project, and a page keeps what it shows. */
const usualHeaders = { ...securityHeaders, 'cache-control': 'no-store' }

/** The same bytes as a body: those of a buffer that is shared with nobody. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes)
}

export const mediaTypes = {
  raw: 'application/octet-stream',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  bmp: 'image/bmp',
} as const

export function bytesAnswer(
  bytes: Uint8Array,
  type: keyof typeof mediaTypes,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(ownBytes(bytes), {
    headers: { ...usualHeaders, 'content-type': mediaTypes[type], ...headers },
  })
}

export function emptyAnswer(): Response {
  return new Response(null, { status: 204, headers: usualHeaders })
}

/** What is not there, whoever asks, and what another one holds. All else is 400 or 500 by its kind. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'no-such-project-handle': 404,
  'no-such-tape': 404,
  'no-such-dataset': 404,
  'no-such-frame': 404,
  'no-such-file': 404,
  'no-such-run': 404,
  'no-such-region': 404,
  'no-maps': 404,
  'tape-missing': 404,
  'read-only': 409,
  'project-locked': 409,
}

/** A failure as byte-routes.ts says. */
export function failureAnswer(failure: unknown): Response {
  const error = toAppError(failure)
  const status = statuses[error.code] ?? (error.kind === 'input' ? 400 : 500)
  return new Response(JSON.stringify(error), {
    status,
    headers: { ...usualHeaders, 'content-type': 'application/json' },
  })
}

/** An address that names nothing. */
export function noSuchAddress(path: string): AppError {
  return new AppError('no-such-file', `there is nothing at ${path}`, 'Reload the page.')
}
