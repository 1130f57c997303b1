/** @file Whether a tape's camera stands where it stood for the tape before. */
import { join } from 'node:path'
import type { z } from 'zod'
import { type CameraCheck, cameraCheckSchema } from '../../shared/contract/camera.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Recipe } from '../../shared/recipe.ts'
import type { Alignment } from '../camera/align.ts'
import { correctedRecipe } from '../camera/corrected-recipe.ts'
import { greatestMove } from '../camera/similarity.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { cacheFolder } from '../db/layout.ts'
import { listLabels } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { listRuns } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { listSources, type Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { readJson } from '../formats/json.ts'
import type { TapeIndex } from '../media/types.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { type EarlierTape, earlierTape } from './earlier-tape.ts'
import { backgroundPng, keptBackground } from './kept-background.ts'
import { requireTape } from './tapes.ts'

/** Scenes of one place agree better than this, whatever stands in them. */
const leastAgreement = 0.3
/** A corner that moved by more of the picture's width than this has moved; never less than 2 pixels. */
const fewPixels = 0.004

function verdictOf({ after }: Alignment, pixels: number, width: number): CameraCheck['verdict'] {
  if (after < leastAgreement) return 'unclear'
  return pixels > Math.max(2, fewPixels * width) ? 'moved' : 'same'
}

/** Why the recipe cannot simply be corrected: what is there would no longer fit. */
function obstacleIn(project: Project): string | null {
  if (listSources(project).length > 1)
    return 'Another tape of this project was taken before the camera moved. Make a project of its own for this tape: “like an earlier project”.'
  if (listLabels(project).length > 0 || listRuns(project).length > 0)
    return 'This project has painted frames or counts already, which are of the picture as it is. Make a new project for the tape instead.'
  return null
}

const foundSchema = cameraCheckSchema.pick({
  verdict: true,
  move: true,
  pixels: true,
  agreement: true,
})

type Found = z.output<typeof foundSchema>

/** What was found before. */
async function foundBefore(file: string): Promise<Found | null> {
  return readJson(file, foundSchema).catch(() => null)
}

/** The empty scene in tape pixels. */
const asRecorded = (index: TapeIndex) => ({ index, filters: '' })

/** The empty scenes by which it is told, as PNG files. Throws what reading the tapes throws. */
export async function cameraScene(
  engine: Engine,
  source: Source,
  scene: 'earlier' | 'now',
): Promise<Uint8Array | null> {
  const { project } = engine
  if (scene === 'now') {
    const own = asRecorded(loadFrameIndex(project, source))
    return backgroundPng(engine, own, () => requireTape(source))
  }
  const earlier = earlierTape(project, source)
  return earlier && backgroundPng(engine, asRecorded(earlier.index), () => {})
}

async function find(engine: Engine, source: Source, { index }: EarlierTape, work: LongWork) {
  const { project, compute } = engine
  const name = `camera-${source.sha256.slice(0, 32)}-${index.sha256.slice(0, 32)}.json`
  const file = join(cacheFolder(project.dir), name)
  const before = await foundBefore(file)
  if (before) return before
  const earlier = await keptBackground(engine, asRecorded(index), work)
  const later = await keptBackground(engine, asRecorded(loadFrameIndex(project, source)), work)
  const answer = await compute.run('alignScenes', { earlier, later }, work)
  const pixels = greatestMove(answer.similarity, source.info)
  const found: Found = {
    verdict: verdictOf(answer, pixels, source.info.width),
    move: answer.similarity,
    pixels,
    agreement: answer.after,
  }
  // A cache that cannot be written is no reason not to tell.
  await replaceFile(file, JSON.stringify(found)).catch(() => {})
  return found
}

function proposalFor(recipe: Recipe | undefined, { verdict, move }: Found, source: Source) {
  if (!recipe || verdict !== 'moved') return { proposal: null, rotationLeft: 0 }
  const { recipe: proposal, rotationLeft } = correctedRecipe(recipe, move, source.info)
  return { proposal, rotationLeft }
}

/**
 * Compares a tape's empty scene with that of the first tape of its camera; null where there is none.
 * @throws AppError `tape-missing`, `tape-changed`, `cancelled`, and what reading the tapes throws
 */
export async function checkCamera(
  engine: Engine,
  source: Source,
  work: LongWork,
): Promise<CameraCheck | null> {
  const { project } = engine
  requireTape(source)
  const earlier = earlierTape(project, source)
  const { width, height } = earlier?.index.info ?? {}
  // Tapes of another size have a recipe of their own.
  if (!earlier || width !== source.info.width || height !== source.info.height) return null
  const found = await find(engine, source, earlier, work)
  return {
    ...found,
    earlier: { name: earlier.name, project: earlier.project },
    ...proposalFor(activeRecipe(project)?.recipe, found, source),
    obstacle: obstacleIn(project),
    settled: loadSettings(project).settledCameras.includes(source.sha256),
  }
}
