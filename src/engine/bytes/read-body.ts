import { AppError } from '../../shared/errors.ts'

function tooLong(most: number): AppError {
  return new AppError(
    'bad-mask',
    `the request is longer than the ${most} bytes that a mask of the project can have`,
    'Reload the page and paint it again.',
  )
}

/**
 * The body of a request, of which no more is read than it may have.
 * @throws AppError `bad-mask` when it is longer
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > most) throw tooLong(most)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body ?? []) {
    length += part.length
    if (length > most) throw tooLong(most)
    parts.push(part)
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}
