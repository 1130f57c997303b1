/** @file Tools of the Regions screen as state machines: pointer in, changes of the editor out. */
import type { Point } from '../../../shared/region.ts'
import { Store } from '../state/store.ts'
import { changed, rectangle, within } from './drawn-region.ts'
import { distance, type Hit, hitTest } from './hit.ts'
import type { RegionsEditor } from './regions-editor.ts'
import { type SnapTargets, snap, snapOutline } from './snapping.ts'

export type ToolName = 'select' | 'polygon' | 'rectangle'

/** A pointer's place in the picture, and how it is meant. */
export interface Press {
  at: Point
  /** How near counts as on something, in pixels of the picture. */
  reach: number
  /** Shift: adds to the selection. */
  isAdding: boolean
  /** Alt: holds on to nothing. */
  isFree: boolean
}

export interface ToolView {
  tool: ToolName
  /** What new regions are. */
  kind: 'count' | 'ignore'
  /** Points of the outline that is being drawn, the one under the pointer last. */
  drawing: readonly Point[]
  /** What is under the pointer. */
  hover: Hit | null
  /** Where the pointer holds on to something. */
  snapped: Point | null
}

type Drag =
  | {
      kind: 'move'
      keys: readonly string[]
      from: Point
      start: ReadonlyMap<string, readonly Point[]>
    }
  | { kind: 'point'; region: string; index: number }
  | { kind: 'rectangle'; from: Point }

const nothing = { drawing: [], hover: null, snapped: null } as const

/** The tool in hand. */
export class RegionTools extends Store<ToolView> {
  readonly #editor: RegionsEditor
  #drag: Drag | null = null
  #drags = 0

  constructor(editor: RegionsEditor) {
    super({ tool: 'select', kind: 'count', ...nothing })
    this.#editor = editor
  }

  /** Takes up a tool; what was being drawn is given up. */
  choose(tool: ToolName, kind: ToolView['kind'] = this.get().kind): void {
    this.cancel()
    this.set({ tool, kind, ...nothing })
  }

  get isDrawing(): boolean {
    return this.get().drawing.length > 0
  }

  /** Returns whether the tool takes the pointer; else it may move the view. */
  down(press: Press): boolean {
    const { tool } = this.get()
    if (tool === 'polygon') this.#addPoint(press)
    else if (tool === 'rectangle') this.#drag = { kind: 'rectangle', from: this.#snapped(press) }
    else return this.#takeHold(press)
    return true
  }

  move(press: Press): void {
    const drag = this.#drag
    if (drag?.kind === 'rectangle') this.#show(rectangle(drag.from, this.#snapped(press)))
    else if (drag?.kind === 'point') this.#movePoint(drag, press)
    else if (drag?.kind === 'move') this.#moveRegions(drag, press)
    else this.hover(press)
  }

  up(press: Press): void {
    const drag = this.#drag
    this.#drag = null
    if (drag?.kind === 'rectangle')
      this.#finishRectangle(drag.from, this.#snapped(press), press.reach)
    else if (drag) this.#editor.settle()
    this.set({ ...this.get(), snapped: null })
  }

  hover(press: Press): void {
    const { tool, drawing } = this.get()
    if (tool === 'select') {
      const { regions, selected } = this.#editor.get()
      this.set({ ...this.get(), hover: hitTest(regions, selected, press.at, press.reach) })
    } else if (tool === 'polygon' && drawing.length > 0)
      this.#show([...drawing.slice(0, -1), this.#snapped(press)])
    else this.#snapped(press)
  }

  leave(): void {
    this.set({ ...this.get(), hover: null, snapped: null })
  }

  /** Ends the outline that is being drawn where it can be a region; else it stays as it is. */
  close(): void {
    const points = this.get().drawing.slice(0, -1)
    if (points.length >= 3 && this.#editor.add(points, this.get().kind))
      this.set({ ...this.get(), ...nothing, tool: 'select' })
  }

  removeLast(): void {
    const { drawing } = this.get()
    const pointer = drawing.at(-1)
    const left = drawing.slice(0, -2)
    this.#show(left.length > 0 && pointer ? [...left, pointer] : [])
  }

  cancel(): void {
    if (this.#drag && this.#drag.kind !== 'rectangle') this.#editor.abandon()
    this.#drag = null
    this.set({ ...this.get(), ...nothing })
  }

  #show(drawing: readonly Point[]): void {
    this.set({ ...this.get(), drawing })
  }

  #targets(except: readonly string[]): SnapTargets {
    const others = this.#editor.get().regions.filter(({ key }) => !except.includes(key))
    return { outlines: others.map(({ points }) => points), size: this.#editor.size }
  }

  /** Where the pointer is meant to be; shows what it holds on to. */
  #snapped({ at, reach, isFree }: Press, except: readonly string[] = []): Point {
    const found = isFree ? null : snap(at, this.#targets(except), reach)
    const point = within(found?.at ?? at, this.#editor.size)
    this.set({ ...this.get(), snapped: found?.to ? point : null })
    return point
  }

  #addPoint(press: Press): void {
    const { drawing } = this.get()
    const placed = drawing.slice(0, -1)
    const [first] = placed
    const last = placed.at(-1)
    const isBack = first !== undefined && distance(first, press.at) <= press.reach
    // The second click of a double click lies on the first.
    const isTwice = last !== undefined && distance(last, press.at) <= press.reach / 2
    if (placed.length >= 3 && (isBack || isTwice)) this.close()
    else if (!isTwice) {
      const point = this.#snapped(press)
      this.#show([...placed, point, point])
    }
  }

  #takeHold(press: Press): boolean {
    const { regions, selected } = this.#editor.get()
    const hit = hitTest(regions, selected, press.at, press.reach)
    if (!hit) {
      if (!press.isAdding) this.#editor.select([])
      return false
    }
    this.#drags += 1
    if (hit.kind === 'inside') this.#takeRegion(hit.key, press)
    else this.#takePoint(hit)
    return true
  }

  #takeRegion(key: string, { at, isAdding }: Press): void {
    const { selected } = this.#editor.get()
    const isSelected = selected.includes(key)
    if (isAdding)
      this.#editor.select(isSelected ? selected.filter((one) => one !== key) : [...selected, key])
    else if (!isSelected) this.#editor.select([key])
    else this.#editor.selectPoint(null)
    const view = this.#editor.get()
    const keys = view.regions
      .filter((region) => view.selected.includes(region.key) && !region.locked)
      .map((region) => region.key)
    const start = new Map(view.regions.map((region) => [region.key, region.points]))
    if (keys.length > 0) this.#drag = { kind: 'move', keys, from: at, start }
  }

  /** Takes a point, or makes one on an edge. */
  #takePoint(hit: Exclude<Hit, { kind: 'inside' }>): void {
    const { key } = hit
    const index = hit.kind === 'edge' ? hit.index + 1 : hit.index
    if (hit.kind === 'edge') {
      const at = within(hit.at, this.#editor.size)
      this.#editor.attempt(
        (regions) =>
          changed(regions, [key], (region) => ({
            ...region,
            points: [...region.points.slice(0, index), at, ...region.points.slice(index)],
          })),
        this.#step,
      )
    }
    this.#editor.select([key], index)
    this.#drag = { kind: 'point', region: key, index }
  }

  get #step(): string {
    return `drag ${this.#drags}`
  }

  #movePoint({ region, index }: Extract<Drag, { kind: 'point' }>, press: Press): void {
    const at = this.#snapped(press, [region])
    this.#editor.attempt(
      (regions) =>
        changed(regions, [region], (one) => ({
          ...one,
          points: one.points.map((point, i) => (i === index ? at : point)),
        })),
      this.#step,
    )
  }

  #moveRegions(drag: Extract<Drag, { kind: 'move' }>, { at, reach, isFree }: Press): void {
    const by: Point = [at[0] - drag.from[0], at[1] - drag.from[1]]
    const moved = (points: readonly Point[], [x, y]: Point): Point[] =>
      points.map((point) => [point[0] + x, point[1] + y])
    const all = drag.keys.flatMap((key) => moved(drag.start.get(key) ?? [], by))
    const hold = isFree ? null : snapOutline(all, this.#targets(drag.keys), reach)
    this.set({ ...this.get(), snapped: hold?.held ?? null })
    const total = this.#withinPicture(
      all,
      [by[0] + (hold?.by[0] ?? 0), by[1] + (hold?.by[1] ?? 0)],
      by,
    )
    this.#editor.attempt(
      (regions) =>
        changed(regions, drag.keys, (region) => ({
          ...region,
          points: moved(drag.start.get(region.key) ?? region.points, total).map((point) =>
            within(point, this.#editor.size),
          ),
        })),
      this.#step,
    )
  }

  /** A move of all points as far as they stay in the picture; `all` are the points moved by `done`. */
  #withinPicture(all: readonly Point[], total: Point, done: Point): Point {
    const { width, height } = this.#editor.size
    const kept = (axis: 0 | 1, limit: number): number => {
      const values = all.map((point) => point[axis] - done[axis])
      return Math.min(Math.max(total[axis], -Math.min(...values)), limit - Math.max(...values))
    }
    return [kept(0, width), kept(1, height)]
  }

  #finishRectangle(from: Point, to: Point, reach: number): void {
    const isClick = Math.abs(to[0] - from[0]) < reach && Math.abs(to[1] - from[1]) < reach
    const isDone = !isClick && this.#editor.add(rectangle(from, to), this.get().kind)
    this.set({ ...this.get(), ...nothing, ...(isDone ? { tool: 'select' } : {}) })
  }
}
