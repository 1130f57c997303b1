/** @file The contract between a page and the engine. Every type that crosses is inferred here. */
import { z } from 'zod'
import type { Contract } from './rpc.ts'

const nothing = z.strictObject({})

export const appInfoSchema = z.object({
  version: z.string(),
  /** Where the page is shown: in the desktop shell, or in a browser on a served engine. */
  host: z.enum(['desktop', 'browser']),
})

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
  }),
  z.object({ ...listed, state: z.literal('missing') }),
  z.object({ ...listed, state: z.literal('unreadable'), problem: z.string(), hint: z.string() }),
])

export const contract = {
  methods: {
    'app.info': { args: nothing, result: appInfoSchema },
    /** Projects opened on this machine, the latest first. */
    'projects.list': { args: nothing, result: z.array(listedProjectSchema) },
    /** Takes a project off the list; its folder stays as it is. */
    'projects.forget': { args: z.strictObject({ path: z.string() }), result: z.null() },
  },
  events: {
    /** The list of projects has changed. */
    'projects.changed': z.null(),
  },
} as const satisfies Contract

export type AppInfo = z.infer<typeof appInfoSchema>
export type ListedProject = z.infer<typeof listedProjectSchema>
export type Workbench = typeof contract
