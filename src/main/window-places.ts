/** @file Where the window of each project was, in a file in the shell's profile. */
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })
const placeSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() })
const fileSchema = z.object({ version: z.literal(1), places: z.record(z.string(), placeSchema) })

export type Bounds = z.infer<typeof boundsSchema>
export type WindowPlace = z.infer<typeof placeSchema>

/** More projects than anybody arranges windows for. */
const longest = 100

/** How much of a window has to lie on a screen so that it can be taken hold of. */
const handle = { width: 160, height: 40 } as const

/** Length of what two stretches share. */
function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart)
}

/** Whether a window there could be moved: a part of its top edge lies on one of the screens. */
export function isReachable(bounds: Bounds, screens: readonly Bounds[]): boolean {
  return screens.some(
    ({ x, y, width, height }) =>
      overlap(bounds.x, bounds.width, x, width) >= handle.width &&
      overlap(bounds.y, handle.height, y, height) >= handle.height,
  )
}

/** The places by project; the empty name is that of windows without one. */
export class WindowPlaces {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** Null where none is known, or where no screen shows it any more. */
  find(project: string | null, screens: readonly Bounds[]): WindowPlace | null {
    const place = this.#read()[project ?? '']
    return place && isReachable(place.bounds, screens) ? place : null
  }

  /** A place that cannot be stored is one that is not remembered. */
  remember(project: string | null, place: WindowPlace): void {
    const { [project ?? '']: _, ...others } = this.#read()
    const latest = Object.entries({ [project ?? '']: place, ...others }).slice(0, longest)
    const file: z.infer<typeof fileSchema> = { version: 1, places: Object.fromEntries(latest) }
    try {
      writeFileSync(this.#file, JSON.stringify(file))
    } catch (error) {
      console.error('the place of the window is not remembered:', error)
    }
  }

  #read(): Readonly<Record<string, WindowPlace>> {
    try {
      const json: unknown = JSON.parse(readFileSync(this.#file, 'utf8'))
      return fileSchema.parse(json).places
    } catch {
      // Absent or damaged: nothing of the user's work is in it.
      return {}
    }
  }
}
