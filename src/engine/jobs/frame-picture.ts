/** @file One frame as a picture: of the tape, through the recipe, with its mask or with the people seen. */
import sharp from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { openMaps } from '../db/map-reader.ts'
import { listLabels } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { encodeMask } from '../formats/mask-write.ts'
import { probabilityOfOdds } from '../infer/map-odds.ts'
import { personLogOdds } from '../infer/person-mask.ts'
import type { Picture } from '../media/types.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { chooseRun, runFrames } from './choose-run.ts'
import { labelInRecipe } from './labels.ts'
import { requireRecipe } from './project-recipe.ts'
import { requireTape } from './tapes.ts'

/** Decodes one frame in the compute process, as the tape has it or through the recipe. */
export function readPicture(
  { project, compute }: Engine,
  source: Source,
  frame: number,
  through: 'tape' | 'recipe',
  work: LongWork,
): Promise<Picture> {
  requireTape(source)
  const filters = through === 'tape' ? '' : filterChain(requireRecipe(project).recipe, source.info)
  return compute.run('readFrame', { index: loadFrameIndex(project, source), frame, filters }, work)
}

const pngOf = ({ width, height, data }: Pick<Picture, 'width' | 'height' | 'data'>) =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()

async function maskPng(project: Project, source: Source, frame: number): Promise<Buffer> {
  const label = listLabels(project).find(
    (each) => each.source === source.id && each.frame === frame,
  )
  const mask = label && labelInRecipe(project, label)
  if (mask) return encodeMask(mask, listClasses(project), requireRecipe(project).geometryHash)
  throw new AppError(
    'bad-mask',
    `frame ${frame} has no label`,
    'Label it with `maskbench labels import`, or see which are labelled with `labels list`.',
  )
}

/** The probability map of a frame in the latest run that has it. */
export function frameMap(project: Project, source: Source, frame: number) {
  const run = chooseRun(project, { tape: source.id, frames: [frame] })
  const position = runFrames(project, run).indexOf(frame)
  using maps = openMaps(project, run.id)
  return maps.at(position)
}

/** How strongly people are tinted at a probability of 1. */
const tint = 0.55

/** The picture with people tinted in their class's colour, as strongly as the network is sure. */
async function overlayPng(engine: Engine, source: Source, frame: number, work: LongWork) {
  const { project } = engine
  const map = frameMap(project, source, frame)
  const picture = await readPicture(engine, source, frame, 'recipe', work)
  const odds = personLogOdds(map, picture)
  const person = listClasses(project).find(({ index }) => index !== backgroundIndex)
  const colour = Buffer.from((person?.colour ?? '#e69f00').slice(1), 'hex')
  const data = Uint8Array.from(picture.data, (value, i) => {
    const share = tint * probabilityOfOdds(odds[Math.floor(i / 3)] ?? 0)
    return value + ((colour[i % 3] ?? 0) - value) * share
  })
  return pngOf({ ...picture, data })
}

type View = (engine: Engine, source: Source, frame: number, work: LongWork) => Promise<Buffer>

/** What can be shown of a frame. */
export const frameViews = {
  source: async (...of) => pngOf(await readPicture(of[0], of[1], of[2], 'tape', of[3])),
  recipe: async (...of) => pngOf(await readPicture(of[0], of[1], of[2], 'recipe', of[3])),
  mask: ({ project }, source, frame) => maskPng(project, source, frame),
  overlay: overlayPng,
} as const satisfies Record<string, View>

export type FrameView = keyof typeof frameViews

/**
 * A frame as a PNG file's bytes.
 * @throws AppError `no-such-frame`, `tape-missing`; `bad-mask` without a label, `no-such-run`
 * without a run
 */
export function framePng(
  engine: Engine,
  source: Source,
  frame: number,
  view: FrameView,
  work: LongWork,
): Promise<Buffer> {
  if (frame < source.frames) return frameViews[view](engine, source, frame, work)
  throw new AppError(
    'no-such-frame',
    `tape ${source.id} has no frame ${frame}`,
    `Its frames are 0 to ${source.frames - 1}.`,
  )
}
