/** @file Projects: the list of them, making, opening, keeping and throwing them away. */
import { z } from 'zod'

/**
 * What a page holds of a project that it opened. It is the page's own: two pages of one project hold
 * two handles, of which one writes.
 */
export const handleSchema = z.string().min(1)

const listed = {
  /** Absolute path of the project's folder; it identifies the project. */
  path: z.string(),
  /** The folder's name without `.maskbench`. */
  name: z.string(),
  lastOpened: z.iso.datetime(),
}

/** A project as the list shows it: what is in it, or why that cannot be said. */
export const listedProjectSchema = z.discriminatedUnion('state', [
  z.object({
    ...listed,
    state: z.literal('ready'),
    tapes: z.int().min(0),
    frames: z.int().min(0),
    labels: z.int().min(0),
    /** Jobs under way, and those that failed or were interrupted and wait for a look. */
    running: z.int().min(0),
    unfinished: z.int().min(0),
    /** Path of its picture below the page's address; null where there is none yet. */
    poster: z.string().nullable(),
  }),
  z.object({ ...listed, state: z.literal('missing') }),
  z.object({ ...listed, state: z.literal('unreadable'), problem: z.string(), hint: z.string() }),
])

export const openedProjectSchema = z.object({
  project: handleSchema,
  path: z.string(),
  name: z.string(),
  /** 'read' where another page or process writes; `writer` says which. */
  mode: z.enum(['write', 'read']),
  /** 'nobody' where the project lies on a disk that cannot be written. */
  writer: z.enum(['this page', 'another window', 'another program', 'nobody']),
})

export const backupSchema = z.object({
  /** Absolute path of the file. */
  file: z.string(),
  at: z.iso.datetime(),
  /** Why it was made: 'recipe', 'migration', 'request'. */
  reason: z.string(),
  bytes: z.int().min(0),
})

/** A folder as the page shows it where there is no native dialog. */
export const folderSchema = z.object({
  path: z.string(),
  /** Null at a root. */
  parent: z.string().nullable(),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(['folder', 'project', 'tape', 'other']),
    }),
  ),
})

export type ProjectHandle = z.infer<typeof handleSchema>
export type ListedProject = z.infer<typeof listedProjectSchema>
export type OpenedProject = z.infer<typeof openedProjectSchema>
export type Backup = z.infer<typeof backupSchema>
export type Folder = z.infer<typeof folderSchema>

const nothing = z.strictObject({})
const onPath = z.strictObject({ path: z.string() })
const onProject = z.strictObject({ project: handleSchema })

export const projectMethods = {
  /** Projects opened on this machine, the latest first. */
  'projects.list': { args: nothing, result: z.array(listedProjectSchema) },
  /** Takes a project off the list; its folder stays as it is. */
  'projects.forget': { args: onPath, result: z.null() },
  /**
   * Makes an empty project. `folder` is where its own folder goes; by default the user's usual
   * place. Throws `project-exists`, `bad-value` for a name that no file can have.
   */
  'projects.create': {
    args: z.strictObject({ name: z.string(), folder: z.string().optional() }),
    result: z.object({ path: z.string() }),
  },
  /** Makes the sample project; its tape is drawn by a job of it. */
  'projects.createSample': { args: nothing, result: z.object({ path: z.string() }) },
  /**
   * Opens a project, for writing where nobody else does. `page` is the page's own word (kept over a
   * reload), by which a page that comes back gets its handle again. Throws as opening a project does.
   */
  'projects.open': {
    args: z.strictObject({ path: z.string(), page: z.string().min(8) }),
    result: openedProjectSchema,
  },
  /**
   * Answers only when it is cancelled or the connection ends, and lets go of the project a few
   * seconds later: as long as it is under way the project stays open.
   */
  'projects.hold': { args: onProject, result: z.null() },
  'projects.close': { args: onProject, result: z.null() },
  'projects.backup': { args: onProject, result: backupSchema },
  'projects.backups': { args: onPath, result: z.array(backupSchema) },
  /** Puts a backup in the place of a project that nobody has open; what was there is backed up first. */
  'projects.restore': {
    args: z.strictObject({ path: z.string(), file: z.string() }),
    result: z.null(),
  },
  /** Moves a project that nobody has open into the system's trash. */
  'projects.trash': { args: onPath, result: z.null() },
  /** Takes recipe, regions, classes, network and counting rule over from another project. */
  'projects.like': {
    args: z.strictObject({ project: handleSchema, path: z.string() }),
    result: z.null(),
  },
  /** What lies in a folder below one of the roots; no path = the roots. */
  'folders.list': {
    args: z.strictObject({ path: z.string().optional() }),
    result: folderSchema,
  },
} as const

export const projectEvents = {
  /** The list of projects has changed. */
  'projects.changed': z.null(),
  /** Something in an open project has changed; `parts` are names of `project.state`'s fields, or `answers`. */
  'project.changed': z.object({ path: z.string(), parts: z.array(z.string()) }),
} as const
