/** @file Answers what a page asks for below /bytes/; see shared/byte-routes.ts. */
import { bytesPrefix } from '../../shared/byte-routes.ts'
import { AppError, cancelled } from '../../shared/errors.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { readPoster } from '../workbench/poster.ts'
import { bytesAnswer, failureAnswer, noSuchAddress } from './answers.ts'
import { answerAugmented } from './augmented.ts'
import { answerBackground } from './background.ts'
import { type FrameRequest, frameOf, sourceOf, type TapeRequest } from './byte-request.ts'
import { answerCamera } from './camera.ts'
import { answerImage, answerImageStroke, imageOf } from './images.ts'
import { answerLivePicture } from './live.ts'
import { answerMask, answerPrediction } from './masks.ts'
import { answerPicture } from './pictures.ts'
import { answerScores } from './scores.ts'
import { answerSegment } from './segments.ts'
import { answerStroke } from './strokes.ts'
import { answerThumbnail } from './thumbnails.ts'
import { answerTimes } from './times.ts'
import { answerTrainingPrediction } from './trainings.ts'

type Answer<Wanted> = (wanted: Wanted) => Promise<Response>

const tapeAnswers: Readonly<Record<string, Answer<TapeRequest>>> = {
  background: answerBackground,
  camera: answerCamera,
  times: answerTimes,
}

const frameAnswers: Readonly<Record<string, Answer<FrameRequest>>> = {
  picture: answerPicture,
  thumbnail: answerThumbnail,
  mask: answerMask,
  prediction: answerPrediction,
}

/** The parts of an address below the prefix, each decoded by itself: a name may hold a slash. */
function partsOf(pathname: string): string[] {
  try {
    return pathname.slice(bytesPrefix.length).split('/').map(decodeURIComponent)
  } catch {
    throw noSuchAddress(pathname)
  }
}

function entry<Value>(table: Readonly<Record<string, Value>>, name: string | undefined) {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}

/** @throws AppError `bad-value` for another method than the address takes */
function requireMethod({ method }: Request, expected: 'GET' | 'POST'): void {
  if (method === expected) return
  throw new AppError('bad-value', `${method} was given, ${expected} expected`, 'Reload the page.')
}

/** Answers what lies below `PROJECT/tapes/` and the like; `parts` are those that follow. */
type ProjectAnswer = (
  projects: OpenProjects,
  request: Request,
  handle: string,
  parts: readonly string[],
) => Promise<Response>

const answerTapes: ProjectAnswer = async (projects, request, handle, [tapeText = '', ...rest]) => {
  const { pathname, searchParams: query } = new URL(request.url)
  const open = projects.get(handle)
  const wanted: TapeRequest = { open, source: sourceOf(open, tapeText), query, request }
  const answerOfTape = rest.length === 1 ? entry(tapeAnswers, rest[0]) : undefined
  if (answerOfTape) {
    requireMethod(request, 'GET')
    return answerOfTape(wanted)
  }
  const [frames, frameText = '', what] = rest
  if (frames !== 'frames' || rest.length !== 3) throw noSuchAddress(pathname)
  const onFrame: FrameRequest = { ...wanted, frame: frameOf(wanted.source, frameText) }
  if (what === 'strokes') {
    requireMethod(request, 'POST')
    const at = { source: wanted.source.id, frame: onFrame.frame }
    return answerStroke(projects.forWriting(handle), { at, query, request })
  }
  const answerOfFrame = entry(frameAnswers, what)
  if (!answerOfFrame) throw noSuchAddress(pathname)
  requireMethod(request, 'GET')
  return answerOfFrame(onFrame)
}

const answerRuns: ProjectAnswer = async (projects, request, handle, parts) => {
  const { pathname, searchParams: query } = new URL(request.url)
  const [run = '', regions, region = '', scores, ...rest] = parts
  if (regions !== 'regions' || scores !== 'scores' || rest.length > 0) throw noSuchAddress(pathname)
  requireMethod(request, 'GET')
  return answerScores({ open: projects.get(handle), run, region, query, request })
}

const answerTrainings: ProjectAnswer = async (projects, request, handle, parts) => {
  const { pathname, searchParams: query } = new URL(request.url)
  const [training = '', tapes, tapeText = '', frames, frameText = '', what, ...rest] = parts
  const isKnown = tapes === 'tapes' && frames === 'frames' && what === 'prediction'
  if (!isKnown || rest.length > 0) throw noSuchAddress(pathname)
  requireMethod(request, 'GET')
  const open = projects.get(handle)
  const source = sourceOf(open, tapeText)
  const wanted = { open, source, frame: frameOf(source, frameText), query, request }
  return answerTrainingPrediction(wanted, training)
}

const answerSets: ProjectAnswer = async (projects, request, handle, parts) => {
  const { pathname, searchParams: query } = new URL(request.url)
  const [set = '', images, position = '', what = '', ...rest] = parts
  if (images !== 'images' || rest.length > 0) throw noSuchAddress(pathname)
  const asked = { roots: projects.roots, query, request }
  if (what === 'strokes') {
    requireMethod(request, 'POST')
    const open = projects.forWriting(handle)
    return answerImageStroke({ ...imageOf(open, set, position), ...asked })
  }
  requireMethod(request, 'GET')
  const answer = what === 'augmented' ? answerAugmented : entry(answerImage, what)
  if (!answer) throw noSuchAddress(pathname)
  return answer({ ...imageOf(projects.get(handle), set, position), ...asked })
}

const answerSegments: ProjectAnswer = async (projects, request, handle, parts) => {
  const { pathname, searchParams: query } = new URL(request.url)
  const [job = '', pictures, place = '', ...rest] = parts
  if (pictures !== 'pictures' || rest.length > 0) throw noSuchAddress(pathname)
  requireMethod(request, 'GET')
  const { roots } = projects
  return answerSegment({ open: projects.get(handle), roots, job, place, query })
}

const answerLive: ProjectAnswer = async (projects, request, handle, [what, ...rest]) => {
  const { pathname, searchParams: query } = new URL(request.url)
  if (what !== 'picture' || rest.length > 0) throw noSuchAddress(pathname)
  requireMethod(request, 'GET')
  return answerLivePicture({ open: projects.get(handle), query, request })
}

/** By what follows the handle. */
const projectAnswers: Readonly<Record<string, ProjectAnswer>> = {
  tapes: answerTapes,
  runs: answerRuns,
  trainings: answerTrainings,
  sets: answerSets,
  segments: answerSegments,
  live: answerLive,
}

async function answerProject(
  projects: OpenProjects,
  request: Request,
  [handle = '', what, ...parts]: readonly string[],
): Promise<Response> {
  const answer = entry(projectAnswers, what)
  if (!answer) throw noSuchAddress(new URL(request.url).pathname)
  return answer(projects, request, handle, parts)
}

async function answerPoster(projects: OpenProjects, request: Request, key: string) {
  requireMethod(request, 'GET')
  const jpeg = await readPoster(key, projects.roots)
  if (!jpeg) throw noSuchAddress(new URL(request.url).pathname)
  // Its address changes with it.
  return bytesAnswer(jpeg, 'jpeg', { 'cache-control': 'private, max-age=31536000' })
}

/** Answers requests whose path begins with the prefix; a failure is an answer as well. */
export function createByteHandler(projects: OpenProjects): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (request.signal.aborted) throw cancelled('the request')
      const parts = partsOf(new URL(request.url).pathname)
      const [first, key] = parts
      if (first === 'posters' && key !== undefined && parts.length === 2)
        return await answerPoster(projects, request, key)
      return await answerProject(projects, request, parts)
    } catch (error) {
      return failureAnswer(error)
    }
  }
}
