/** @file Frames as pictures: of the tape, through the recipe, or through one that is being tried out. */
import type { PictureFormat } from '../../shared/byte-routes.ts'
import { AppError } from '../../shared/errors.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import type { Source } from '../db/sources.ts'
import { askAboutTape } from '../jobs/ask-about-tape.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { bytesAnswer } from './answers.ts'
import { type FrameRequest, wordIn } from './byte-request.ts'

export const pictureFormats: readonly PictureFormat[] = ['png', 'raw']

/** A picture of 6000x4000 may take this long; a task that is cancelled must not be ended for it. */
const patienceMs = 20_000

/** The filters of the project's recipe; '' where it has none. */
export function projectFilters(project: Project, { info }: Source): string {
  const recipe = activeRecipe(project)?.recipe
  return recipe ? filterChain(recipe, info) : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('bad-recipe', 'recipe: not JSON', 'Reload the page.')
  }
}

function requestedFilters({ open, source, query }: FrameRequest): string {
  const text = query.get('recipe')
  if (text !== null) return filterChain(checkRecipe(parsed(text), source.info), source.info)
  const { project } = open.engine
  if (wordIn(query, 'through', ['tape', 'recipe']) === 'tape') return ''
  if (activeRecipe(project)) return projectFilters(project, source)
  throw new AppError(
    'bad-recipe',
    'the project has no recipe yet',
    'Set one on the Tape screen first.',
  )
}

/** @throws AppError `bad-recipe`, `bad-value`, `cancelled`, and what reading the tape throws */
export async function answerPicture(wanted: FrameRequest): Promise<Response> {
  const { open, source, frame, query, request } = wanted
  const filters = requestedFilters(wanted)
  const format = wordIn(query, 'format', pictureFormats)
  const { project, compute } = open.engine
  const work = { signal: request.signal, patienceMs }
  const bytes = await askAboutTape(project, source, (tape) =>
    compute.run('tapePicture', { tape, frame, filters, format }, work),
  )
  return bytesAnswer(bytes, format)
}
