/** @file How the user paints: kept across frames, projects and starts of the page. */
import { z } from 'zod'
import { ignoreIndex, personIndex } from '../../../../shared/mask.ts'
import { Store } from '../../state/store.ts'

export const toolNames = [
  'brush',
  'eraser',
  'smart',
  'ignore',
  'polygon',
  'lasso',
  'rectangle',
  'ellipse',
  'fill',
  'wand',
  'accept',
] as const

export type ToolName = (typeof toolNames)[number]

export const smallestBrush = 1
export const largestBrush = 500
const brushSize = z.int().min(smallestBrush).max(largestBrush)
const shape = z.enum(['round', 'square'])

/** Pictures to paint on: the frame, the frame mixed with the background, or what differs of them. */
export const backdrops = ['picture', 'ghost', 'difference'] as const

export const proposers = ['none', 'network', 'difference'] as const

export const paintSettingsSchema = z.object({
  tool: z.enum(toolNames).default('brush'),
  /** Diameters, or sides of a square, in picture pixels. */
  brushSize: brushSize.default(24),
  eraserSize: brushSize.default(24),
  brushShape: shape.default('round'),
  eraserShape: shape.default('round'),
  /** The class that is painted. */
  classIndex: z.int().min(0).max(ignoreIndex).default(personIndex),
  mode: z.enum(['over', 'background']).default('over'),
  locked: z.array(z.int().min(0).max(ignoreIndex)).default([]),
  /** What bounds a fill: the classes of the mask, or a colour that differs. */
  fillBy: z.enum(['mask', 'colour']).default('mask'),
  /** How far colours may lie apart (Euclidean, 8-bit RGB), for fill, wand and smart brush. */
  tolerance: z.int().min(0).max(255).default(32),
  /** Whether the wand keeps to what hangs together. */
  connected: z.boolean().default(true),
  acceptBy: z.enum(['part', 'region']).default('part'),
  /** Percent. */
  opacity: z.int().min(10).max(100).default(55),
  onion: z.boolean().default(false),
  /** Who proposes what to paint: nobody, the network, or what differs from the background. */
  proposer: z.enum(proposers).default('none'),
  /** Percent of person probability from which a pixel is proposed. */
  networkCut: z.int().min(5).max(95).default(50),
  /** Difference to the background (8-bit) from which a pixel is proposed. */
  differenceCut: z.int().min(5).max(200).default(40),
  backdrop: z.enum(backdrops).default('picture'),
  /** Whether the outlines of the regions are there to look at. */
  showsRegions: z.boolean().default(true),
  /** Clean-up: parts with fewer pixels are specks; reach of grow, shrink and smooth. */
  speckPixels: z.int().min(1).max(10_000).default(30),
  cleanUpRadius: z.int().min(1).max(50).default(2),
})

export type PaintSettings = z.infer<typeof paintSettingsSchema>
export type Proposer = PaintSettings['proposer']
export type Backdrop = PaintSettings['backdrop']

/** Where settings are kept: the page's local storage, or nothing where it is shut. */
export interface Keep {
  read(): string | null
  write(text: string): void
}

const noKeep: Keep = { read: () => null, write: () => {} }

export class PaintSettingsStore extends Store<PaintSettings> {
  readonly #keep: Keep

  constructor(keep: Keep = noKeep) {
    super(parse(keep.read()))
    this.#keep = keep
  }

  change(values: Partial<PaintSettings>): void {
    const next = paintSettingsSchema.safeParse({ ...this.get(), ...values })
    if (!next.success) return
    this.set(next.data)
    this.#keep.write(JSON.stringify(next.data))
  }

  /** Size of what the tool paints with; the eraser has its own. */
  get size(): number {
    const { tool, brushSize, eraserSize } = this.get()
    return tool === 'eraser' ? eraserSize : brushSize
  }

  resize(size: number): void {
    const kept = Math.min(largestBrush, Math.max(smallestBrush, Math.round(size)))
    this.change(this.get().tool === 'eraser' ? { eraserSize: kept } : { brushSize: kept })
  }

  /** From brush to eraser, and from whatever else back to the brush. */
  swap(): void {
    this.change({ tool: this.get().tool === 'brush' ? 'eraser' : 'brush' })
  }
}

/** Settings of another version count as far as they fit. */
function parse(text: string | null): PaintSettings {
  const defaults = paintSettingsSchema.parse({})
  if (text === null) return defaults
  try {
    const kept = paintSettingsSchema.safeParse(JSON.parse(text))
    return kept.success ? kept.data : defaults
  } catch {
    return defaults
  }
}

/** The page's local storage under one name. */
export function localKeep(name: string): Keep {
  return {
    read: () => attempt(() => window.localStorage.getItem(name)) ?? null,
    write: (text) => attempt(() => window.localStorage.setItem(name, text)),
  }
}

/** Storage may be shut or full; what is kept there is a convenience. */
function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
