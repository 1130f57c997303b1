/** @file What is in a project, in a glance. */
import { type ImageSet, listImageSets } from '../db/image-sets.ts'
import { listLabels } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { listRuns } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { listSources, type Source } from '../db/sources.ts'
import { projectRule } from './count-project.ts'
import { regionsInRecipe } from './project-recipe.ts'
import { regionFields } from './regions.ts'

/** A tape as the command line shows it. */
export function tapeFields({
  id,
  path,
  frames,
  info,
  sha256,
  sizeBytes,
  startTime,
  problem,
}: Source) {
  const { kind, width, height, framesPerSecond, codec, container } = info
  return {
    id,
    kind,
    path,
    frames,
    width,
    height,
    fps: framesPerSecond,
    codec,
    container,
    sizeBytes,
    sha256,
    startTime,
    problem,
  }
}

export type TapeFields = ReturnType<typeof tapeFields>

/** An image set as the command line shows it. */
export function imageSetFields({ id, name, format, path, images, importedAt, problems }: ImageSet) {
  return { id, name, format, path, images, importedAt, problems: problems.length }
}

/** Everything that `info` shows. A project without tapes, or with a new one, has no recipe. */
export function projectInfo(project: Project) {
  const { recipe, geometryHash } = activeRecipe(project) ?? { recipe: null, geometryHash: null }
  const { activeModel, shifts } = loadSettings(project)
  return {
    project: project.dir,
    tapes: listSources(project).map(tapeFields),
    imageSets: listImageSets(project).map(imageSetFields),
    recipe,
    geometryHash,
    rule: recipe && projectRule(project, recipe.size),
    shifts,
    rois: recipe ? regionsInRecipe(project).map(regionFields) : [],
    labels: listLabels(project).map(({ source, frame, version }) => ({
      tape: source,
      frame,
      version,
    })),
    activeModel,
    runs: listRuns(project).map((run) => ({
      run: run.id,
      tape: run.source,
      model: run.modelId,
      input: `${run.inputWidth}x${run.inputHeight}`,
      frames: run.frames,
      done: run.done,
      state: run.state,
      seconds: run.seconds,
    })),
  }
}
