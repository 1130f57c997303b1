/** @file `POST /api/segment`: a picture in, what a network sees in it out. */
import type { DeskAnswer, SegmentDesk } from '../../engine/segment/segment-desk.ts'
import { AppError } from '../../shared/errors.ts'
import { type AnswerType, acceptedType } from './accept.ts'
import { failureAnswer, jsonAnswer, pngAnswer, refusal } from './answers.ts'
import { answerSchema, answerTypes, mostBytes, pictureTypes, querySchema } from './messages.ts'

function tooLong(): AppError {
  return new AppError(
    'picture-too-large',
    `the body is longer than ${mostBytes} bytes`,
    'Send a smaller file.',
  )
}

/** @throws AppError `picture-too-large` as soon as that is clear, `bad-value` for no body */
async function readPicture(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > mostBytes) throw tooLong()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body ?? []) {
    length += part.length
    if (length > mostBytes) throw tooLong()
    parts.push(part)
  }
  if (length > 0) return Buffer.concat(parts)
  throw new AppError('bad-value', 'the body is empty; a picture was expected', 'Send one.')
}

function requirePictureType(request: Request): void {
  const given = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (pictureTypes.some((type) => type === given)) return
  throw new AppError(
    'unsupported-picture',
    `Content-Type is ${given ?? 'missing'}; one of ${pictureTypes.join(', ')} was expected`,
    'Send the picture itself as the body.',
  )
}

/** Each parameter once, and no others. Throws `bad-value`. */
function queryOf(request: Request) {
  const pairs = [...new URL(request.url).searchParams]
  const names = pairs.map(([name]) => name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  const found = querySchema.safeParse(Object.fromEntries(pairs))
  if (found.success && twice === undefined) return found.data
  const reason = found.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  throw new AppError(
    'bad-value',
    reason?.join('; ').trim() ?? `${twice} was given twice`,
    'See /api/openapi.json.',
  )
}

function answerOf(type: AnswerType, seen: DeskAnswer): Response {
  const headers = { vary: 'Accept' }
  if (type === 'image/png') return pngAnswer(seen.file, headers)
  const { model, device, width, height, seconds, file } = seen
  const pixelsOf = new Map(seen.classes.map(({ index, pixels }) => [index, pixels]))
  const classes = seen.legend.map((each) => ({ ...each, pixels: pixelsOf.get(each.index) ?? 0 }))
  const mask = Buffer.from(file).toString('base64')
  const answer = answerSchema.parse({ model, device, width, height, seconds, classes, mask })
  return jsonAnswer(200, answer, headers)
}

/** Never throws but for a caller who has left. */
export function segmentEndpoint(desk: SegmentDesk): (request: Request) => Promise<Response> {
  return async (request) => {
    const type = acceptedType(request.headers.get('accept'))
    if (type === null)
      return refusal(
        406,
        'Accept allows nothing that there is',
        `Accept ${answerTypes.join(' or ')}.`,
      )
    try {
      const { model, mode } = queryOf(request)
      requirePictureType(request)
      desk.requireRoom()
      const bytes = await readPicture(request)
      return answerOf(type, await desk.segment({ bytes, model, mode }, request.signal))
    } catch (error) {
      return failureAnswer(error)
    }
  }
}
