import { basename } from 'node:path'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex } from '../../shared/mask.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { setFlag } from '../db/frame-flags.ts'
import { foldAllStrokes, foldStrokes, removeMask, replaceMask } from '../db/painted-masks.ts'
import type { Project } from '../db/project.ts'
import { getSource, listSources, type Source } from '../db/sources.ts'
import { lastStroke } from '../db/strokes.ts'
import { changeClasses } from '../jobs/change-classes.ts'
import { exportLabels, importLabels } from '../jobs/labels.ts'
import { predictFrame } from '../jobs/predictions.ts'
import { requireRecipe } from '../jobs/project-recipe.ts'
import { suggestFrames } from '../jobs/suggest-frames.ts'
import { isThere, requireTape } from '../jobs/tapes.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods =
  | 'classes.set'
  | 'labels.fold'
  | 'labels.setEmpty'
  | 'labels.remove'
  | 'labels.flag'
  | 'labels.suggest'
  | 'labels.predict'
  | 'labels.import'
  | 'labels.export'

interface OnFrame {
  project: string
  tape: number
  frame: number
}

/** A frame that the tape has. Throws `no-such-tape`, `no-such-frame`. */
function frameAt(project: Project, { tape, frame }: Omit<OnFrame, 'project'>) {
  const { id, frames } = getSource(project, tape)
  if (frame < frames) return { source: id, frame }
  throw new AppError(
    'no-such-frame',
    `tape ${id} has no frame ${frame}`,
    `Its frames are 0 to ${frames - 1}.`,
  )
}

/** The tapes that can be read now. Throws `tape-missing`, `tape-changed` where none can. */
function readableSources(project: Project): Source[] {
  const sources = listSources(project)
  const readable = sources.filter(isThere)
  if (readable.length === 0) for (const source of sources) requireTape(source)
  return readable
}

/** Runs `change` on a frame of a project that may be written, and says that frames have changed. */
function changeFrame<Result>(
  projects: OpenProjects,
  wanted: OnFrame,
  change: (project: Project, at: ReturnType<typeof frameAt>) => Result,
): Result {
  const open = projects.forWriting(wanted.project)
  const { project } = open.engine
  const result = change(project, frameAt(project, wanted))
  open.changed('frames')
  return result
}

function emptyLabel(project: Project, at: ReturnType<typeof frameAt>): number {
  const { recipe, geometryHash } = requireRecipe(project)
  const { width, height } = recipe.size
  const data = new Uint8Array(width * height).fill(backgroundIndex)
  return replaceMask(project, at, { width, height, data }, geometryHash)
}

/** What is done to single frames, and to the classes that they hold. */
function frameHandlers(projects: OpenProjects) {
  return {
    'classes.set'({ project, classes }) {
      const open = projects.forWriting(project)
      changeClasses(open.engine.project, classes)
      open.changed('classes', 'frames')
      return null
    },
    'labels.fold'(wanted) {
      const open = projects.forWriting(wanted.project)
      const { project } = open.engine
      const at = frameAt(project, wanted)
      const hasStrokes = lastStroke(project, at) !== undefined
      const version = foldStrokes(project, at)
      if (hasStrokes) open.changed('frames')
      return { version }
    },
    'labels.setEmpty': (wanted) => ({ version: changeFrame(projects, wanted, emptyLabel) }),
    'labels.remove'(wanted) {
      changeFrame(projects, wanted, removeMask)
      return null
    },
    'labels.flag'(wanted) {
      changeFrame(projects, wanted, (project, at) => setFlag(project, at, wanted.flagged))
      return null
    },
    async 'labels.predict'(wanted, { signal }) {
      const { engine } = projects.get(wanted.project)
      const { source, frame } = frameAt(engine.project, wanted)
      const { device, threads } = await loadUserSettings()
      const options = { device, threads: threads ?? undefined, signal }
      const tape = getSource(engine.project, source)
      return { model: await predictFrame(engine, tape, frame, options) }
    },
  } satisfies Partial<Handlers<Workbench>>
}

export function labelHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    ...frameHandlers(projects),
    async 'labels.suggest'({ project: handle, count }, work) {
      const { engine, mode } = projects.get(handle)
      if (mode === 'write') foldAllStrokes(engine.project)
      const sources = readableSources(engine.project)
      const frames = await suggestFrames(engine, sources, count, work)
      return frames.map(({ source, frame, why }) => ({ tape: source, frame, why }))
    },
    'labels.import'({ project: handle, tape, folder: given }) {
      const open = projects.forWriting(handle)
      const { project } = open.engine
      const source = getSource(project, tape)
      const masks = projects.roots.require(given)
      const title = `Import masks from ${basename(masks)}`
      const job = open.jobs.start('import', title, { tape, masks }, async (work) => {
        foldAllStrokes(project)
        await importLabels(project, source, { masks }, work)
        open.changed('frames')
      })
      return { job }
    },
    'labels.export'({ project: handle, tape, folder: given }) {
      const open = projects.forWriting(handle)
      const { project } = open.engine
      const source = getSource(project, tape)
      const folder = projects.roots.require(given)
      const title = `Export masks to ${basename(folder)}`
      const job = open.jobs.start('export', title, { tape, folder }, (work) => {
        foldAllStrokes(project)
        return exportLabels(project, source, folder, work)
      })
      return { job }
    },
  }
}
