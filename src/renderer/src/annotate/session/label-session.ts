/**
 * @file What lives as long as the page: strokes on their way, masks with their past, pictures. Leaving
 * the Label screen ends none of it.
 */
import type { EngineClient } from '../../state/engine-store.ts'
import type { OpenProject } from '../../state/project-context.tsx'
import { type FramePlace, isSamePlace } from '../journal/frame-place.ts'
import { Journal } from '../journal/journal.ts'
import type { FramePicture } from '../paint/frame-pictures.ts'
import type { MaskDocument } from '../paint/mask-document.ts'
import { type GeometryPlace, ProjectFiles } from '../paint/project-files.ts'
import { localKeep, PaintSettingsStore } from '../paint/settings.ts'
import { Suggestions } from './suggestions.ts'

export interface Shown {
  place: GeometryPlace
  document: MaskDocument
  picture: FramePicture
}

/** Neighbours that are fetched once a frame is shown, the likeliest first. */
const neighbours = [1, -1, 2]

export class LabelSession {
  readonly journal: Journal
  readonly files: ProjectFiles
  readonly suggestions: Suggestions
  #project: OpenProject
  #shown: Shown | null = null

  constructor(project: OpenProject) {
    this.#project = project
    this.journal = new Journal({
      project: () => this.#project.handle,
      fetch: (address, init) => fetch(address, init),
      session: crypto.randomUUID(),
    })
    this.files = new ProjectFiles({
      project: () => this.#project.handle,
      size: () => this.#project.state.recipe?.recipe.size ?? { width: 1, height: 1 },
      model: () => this.#project.state.model.id,
      journal: this.journal,
      mayHaveMask: (place) =>
        this.journal.hasSeen(place) ||
        this.#project.state.frames.some(
          (known) => known.label !== 'none' && isSamePlace(known, place),
        ),
      isShown: (value) => value === this.#shown?.document || value === this.#shown?.picture,
    })
    this.suggestions = new Suggestions(localKeep(`maskbench-suggestions ${project.state.path}`))
  }

  get shown(): Shown | null {
    return this.#shown
  }

  /** Name and path of its project. */
  get about(): { name: string; path: string } {
    const { name, path } = this.#project.state
    return { name, path }
  }

  get client(): EngineClient {
    return this.#project.client
  }

  /** Goes on with the project as the page holds it now. */
  update(project: OpenProject): void {
    this.#project = project
  }

  placeOf(place: FramePlace): GeometryPlace {
    return { ...place, geometry: this.#project.state.recipe?.geometryHash ?? '' }
  }

  /** What of a frame is there already; null = it has to be loaded. */
  peek(place: GeometryPlace): Shown | null {
    const document = this.files.documents.peek(place)
    const picture = this.files.pictures.peek(place)
    return document && picture && { place, document, picture }
  }

  async load(place: GeometryPlace): Promise<Shown> {
    const { pictures, documents } = this.files
    const [picture, document] = await Promise.all([pictures.get(place), documents.get(place)])
    return { place, picture, document }
  }

  /** Takes a frame as the one that is shown; the one before is folded. */
  take(shown: Shown | null): void {
    const before = this.#shown
    this.#shown = shown
    if (before && !isSamePlace(before.place, shown?.place ?? null)) void this.fold(before.document)
  }

  /** Makes a version of what was painted. The engine does so too, before it uses the labels. */
  async fold(document: MaskDocument): Promise<void> {
    if (!document.isTouched) return
    await this.journal.settled(document.place)
    document.isTouched = false
    const { tape, frame } = document.place
    const args = { project: this.#project.handle, tape, frame }
    await this.client.call('labels.fold', args).catch(() => {
      // The strokes are on the disk already; they are folded the next time.
      document.isTouched = true
    })
  }

  /** Fetches what is likely to be shown next. */
  prefetch({ tape, frame }: FramePlace, frames: number): void {
    for (const step of neighbours) {
      const next = frame + step
      if (next >= 0 && next < frames) this.load(this.placeOf({ tape, frame: next })).catch(() => {})
    }
  }
}

const sessions = new Map<string, LabelSession>()

/** The session of a project, the same one as long as the page lives. */
export function sessionOf(project: OpenProject): LabelSession {
  const known = sessions.get(project.state.path)
  if (known) {
    known.update(project)
    return known
  }
  const session = new LabelSession(project)
  sessions.set(project.state.path, session)
  return session
}

/** The sessions of all projects that this page has painted in. */
export function allSessions(): readonly LabelSession[] {
  return [...sessions.values()]
}

/** Whether work of any project is in memory alone. */
export function hasUnsavedWork(): boolean {
  return allSessions().some(({ journal }) => journal.get().pending > 0)
}

let settings: PaintSettingsStore | undefined

/** How the user paints, for all projects. */
export function paintSettings(): PaintSettingsStore {
  settings ??= new PaintSettingsStore(localKeep('maskbench-painting'))
  return settings
}
