/** @file Strokes on their way to the disk, one after the other. */
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import { type Stroke, strokeHeaderBytes, unpackStroke } from '../../shared/stroke.ts'
import { listClasses } from '../db/classes.ts'
import type { FrameAt } from '../db/masks.ts'
import { addStroke } from '../db/painted-masks.ts'
import type { Project } from '../db/project.ts'
import { paintedPixels, type StrokeKey } from '../db/strokes.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import { emptyAnswer } from './answers.ts'
import { readBody } from './read-body.ts'

const deflateAsync = promisify(deflate)

/** Quick: a stroke has 300 ms to the disk, and most are one colour. */
const level = 1

function keyOf(query: URLSearchParams): StrokeKey {
  const session = query.get('session') ?? ''
  const number = query.get('number') ?? ''
  if (/^[\w-]{1,100}$/.test(session) && /^\d{1,15}$/.test(number))
    return { session, number: Number(number) }
  throw new AppError(
    'bad-value',
    'a stroke needs a session (letters, digits, - and _) and a number',
    'Reload the page and paint it again.',
  )
}

/** @throws AppError `bad-mask` for a value that is neither a class nor "ignore" */
function checkValues(project: Project, { data }: Stroke): void {
  const isKnown = new Uint8Array(256)
  for (const index of [...listClasses(project).map((each) => each.index), ignoreIndex])
    isKnown[index] = 1
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? ignoreIndex
    if (isKnown[value] !== 0) continue
    throw new AppError(
      'bad-mask',
      `the stroke paints class ${value}, which the project does not have`,
      'Reload the page and paint it again.',
    )
  }
}

/** The most that a stroke may have; a frame of a project without a recipe takes none. */
function mostBytes(project: Project, at: FrameAt): number {
  const { width = 0, height = 0 } = paintedPixels(project, at)?.size ?? {}
  return strokeHeaderBytes + width * height
}

/** What painting needs of an open project. */
type Painted = Pick<OpenProject, 'changed'> & { engine: Pick<OpenProject['engine'], 'project'> }

/** A stroke of a frame, or of a picture of a set. */
export interface StrokeRequest {
  at: FrameAt
  /** What of the project the first stroke changes. */
  part?: 'frames' | 'datasets'
  query: URLSearchParams
  request: Request
}

/** By session: strokes of a page are stored in the order in which it sent them. */
const turns = new Map<string, Promise<unknown>>()

function inTurn<Result>(session: string, work: () => Promise<Result>): Promise<Result> {
  const result = (turns.get(session) ?? Promise.resolve()).then(work)
  const turn = result
    .catch(() => {})
    .then(() => {
      if (turns.get(session) === turn) turns.delete(session)
    })
  turns.set(session, turn)
  return result
}

/**
 * Stores a stroke and answers once it is on the disk.
 * @param open the project, for writing
 * @throws AppError `bad-mask`, `mask-size-differs`, `other-geometry`, `disk-full`
 */
export function answerStroke(
  open: Painted,
  { at, part = 'frames', query, request }: StrokeRequest,
): Promise<Response> {
  const key = keyOf(query)
  return inTurn(key.session, async () => {
    const { project } = open.engine
    const stroke = unpackStroke(await readBody(request, mostBytes(project, at)))
    checkValues(project, stroke)
    const { data, ...place } = stroke
    const pixels = await deflateAsync(data, { level })
    const paintedIn = query.get('geometry') ?? undefined
    if (addStroke(project, at, { ...place, ...key, pixels }, paintedIn) === 'first')
      open.changed(part)
    return emptyAnswer()
  })
}
