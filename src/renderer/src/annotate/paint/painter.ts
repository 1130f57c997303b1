/** @file The painter: the shown frame's mask, the tool in hand, and what is seen of both. */
import { backgroundIndex, type MaskClass } from '../../../../shared/mask.ts'
import type { Point } from '../../../../shared/region.ts'
import { Store } from '../../state/store.ts'
import { type OverlayLayers, outlineOf } from '../overlay/compose.ts'
import type { Overlay } from '../overlay/overlay.ts'
import { paletteOf, pixelOfHex } from '../overlay/palette.ts'
import type { CleanUp } from '../raster/clean-up.ts'
import type { Picture } from '../raster/colour.ts'
import { type Ink, inkOf } from '../raster/ink.ts'
import type { Dirty } from '../raster/rect.ts'
import type { Selection } from '../raster/selection.ts'
import { pickAllProposed } from '../tools/picking-tools.ts'
import type { Easel, Outline, Proposal, Sample, Tool } from '../tools/tool.ts'
import { tools } from '../tools/tools.ts'
import type { MaskDocument } from './mask-document.ts'
import type { PaintSettings, PaintSettingsStore, ToolName } from './settings.ts'

/** What buttons and keys have to know. */
export interface PainterState {
  undoable: number
  redoable: number
  /** Whether a shape is open, to which Enter, Escape and Backspace belong. */
  isOpen: boolean
  outline: Outline | null
  /** Goes up with every change of the mask. */
  revision: number
}

/** Of a proposal's stripes: a colour that classes seldom have. */
const proposalColour = '#56b4e9'

const start: PainterState = {
  undoable: 0,
  redoable: 0,
  isOpen: false,
  outline: null,
  revision: 0,
}

export class Painter extends Store<PainterState> implements Easel {
  readonly #settings: PaintSettingsStore
  readonly #overlay: Overlay
  #document: MaskDocument | null = null
  #picture: Picture | null = null
  #classes: readonly MaskClass[] = []
  #hidden: readonly number[] = []
  #proposal: Proposal | null = null
  #onion: Uint8Array | null = null
  #tool: Tool
  #toolName: ToolName
  regions: readonly (readonly Point[])[] = []
  /** While Alt is held. */
  isErasing = false
  /** Where nothing may be changed. */
  isReadOnly = false

  constructor(settings: PaintSettingsStore, overlay: Overlay) {
    super(start)
    this.#settings = settings
    this.#overlay = overlay
    this.#toolName = settings.get().tool
    this.#tool = tools[this.#toolName](this)
  }

  get settings(): PaintSettings {
    return this.#settings.get()
  }

  get document(): MaskDocument | null {
    return this.#document
  }

  get picture(): Picture | null {
    return this.#picture
  }

  get proposal(): Proposal | null {
    return this.#proposal
  }

  get size() {
    const { width = 1, height = 1 } = this.#document?.mask ?? {}
    return { width, height }
  }

  get pixels(): Uint8Array {
    return this.#document?.mask.data ?? new Uint8Array(1)
  }

  /** Shows the mask of another frame, or none. What was open in the old one is given up. */
  show(document: MaskDocument | null, picture: Picture | null): void {
    this.cancel()
    this.#document = document
    this.#picture = picture
    this.#proposal = null
    this.#onion = null
    this.#redraw()
    this.#tell()
  }

  setClasses(classes: readonly MaskClass[]): void {
    this.#classes = classes
    this.#redraw()
  }

  /** Leaves classes out of what is seen; they stay in the mask. */
  setHidden(hidden: readonly number[]): void {
    this.#hidden = hidden
    this.#redraw()
  }

  setProposal(proposal: Proposal | null): void {
    if (proposal === null && this.#proposal === null) return
    this.#proposal = proposal
    this.#redraw()
    this.#tell()
  }

  /** Shows the outline of another frame's mask. */
  setOnion(mask: Uint8Array | null): void {
    if (mask === null && this.#onion === null) return
    const { width, height } = this.size
    this.#onion = mask && mask.length === width * height ? outlineOf(mask, width, height) : null
    this.#redraw()
  }

  /** Takes the tool of the settings in hand; an open shape of the one before is given up. */
  takeTool(): void {
    const { tool } = this.settings
    if (tool === this.#toolName) return
    this.cancel()
    this.#toolName = tool
    this.#tool = tools[tool](this)
  }

  down(at: Sample): void {
    if (this.#document && !this.isReadOnly) this.#act(() => this.#tool.down(at))
  }

  move(at: Sample): void {
    this.#act(() => this.#tool.move(at))
  }

  up(at: Sample): void {
    this.#act(() => this.#tool.up(at))
  }

  hover(at: Sample): void {
    if (this.#tool.isOpen) this.#act(() => this.#tool.hover?.(at))
  }

  close(): void {
    this.#act(() => this.#tool.close?.())
  }

  back(): void {
    this.#act(() => this.#tool.back?.())
  }

  ink(erase: boolean): Ink {
    const { classIndex, mode, locked } = this.settings
    return inkOf(erase ? backgroundIndex : classIndex, { mode, locked: new Set(locked) })
  }

  paint(selection: Selection, ink: Ink): void {
    this.#changed(this.#document?.paint(selection, ink) ?? null)
  }

  rewind(): void {
    this.#changed(this.#document?.rewind() ?? null)
  }

  complete(): void {
    this.#document?.complete()
    this.#tell()
  }

  /** Gives up the gesture under way, or the open shape. As an easel's: the gesture alone. */
  cancel(): void {
    this.#changed(this.#document?.cancel() ?? null)
    if (this.#tool.isOpen) this.#tool.cancel()
    this.#tell()
  }

  undo(): void {
    this.#travel((document) => document.undo())
  }

  redo(): void {
    this.#travel((document) => document.redo())
  }

  /** Paints and takes away what a clean-up picked, as one stroke. */
  cleanUp(pick: (mask: MaskDocument['mask'], index: number) => CleanUp): void {
    this.#edit((document) => {
      const { add, remove } = pick(document.mask, this.settings.classIndex)
      this.paint(add, this.ink(false))
      this.paint(remove, this.ink(true))
    })
  }

  /** Puts other pixels in the mask's place, as one stroke. */
  replace(pixels: Uint8Array): void {
    this.#edit((document) => this.#changed(document.replace(pixels)))
  }

  clear(): void {
    const { width, height } = this.size
    this.replace(new Uint8Array(width * height).fill(backgroundIndex))
  }

  /** Makes all that is proposed a label, with the chosen class. */
  acceptAll(): void {
    const proposal = this.#proposal
    if (!proposal) return
    this.#edit(() => this.paint(pickAllProposed(this.size, proposal), this.ink(false)))
    this.setProposal(null)
  }

  #edit(change: (document: MaskDocument) => void): void {
    if (!this.#document || this.isReadOnly) return
    this.cancel()
    change(this.#document)
    this.complete()
  }

  /** An open shape goes first: undo never reaches behind it. */
  #travel(step: (document: MaskDocument) => Dirty): void {
    if (!this.#document || this.isReadOnly) return
    if (this.#tool.isOpen) {
      if (this.#tool.back) this.back()
      else this.cancel()
      return
    }
    this.#changed(step(this.#document))
    this.#tell()
  }

  #act(action: () => void): void {
    const { isOpen, outline } = this.#tool
    action()
    // A brush on its way changes nothing that buttons and keys have to know.
    if (isOpen !== this.#tool.isOpen || outline !== this.#tool.outline) this.#tell()
  }

  #changed(dirty: Dirty): void {
    this.#overlay.touch(dirty)
  }

  #redraw(): void {
    this.#overlay.show(this.#document && this.#layers(this.#document))
  }

  #layers({ mask }: MaskDocument): OverlayLayers {
    return {
      ...{ width: mask.width, height: mask.height, mask: mask.data },
      palette: paletteOf(this.#classes, this.#hidden),
      proposal: this.#proposal && { ...this.#proposal, pixel: pixelOfHex(proposalColour) },
      onion: this.#onion,
    }
  }

  #tell(): void {
    const history = this.#document?.history
    this.set({
      undoable: history?.undoable ?? 0,
      redoable: history?.redoable ?? 0,
      isOpen: this.#tool.isOpen,
      outline: this.#tool.outline,
      revision: this.get().revision + 1,
    })
  }
}
