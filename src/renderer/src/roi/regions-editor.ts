import type { RegionState } from '../../../shared/contract/state.ts'
import { toAppError } from '../../../shared/errors.ts'
import { canonicalJson, type Size } from '../../../shared/recipe.ts'
import type { Point, Region } from '../../../shared/region.ts'
import { checkRegion } from '../../../shared/region-check.ts'
import { EditHistory } from '../state/edit-history.ts'
import { Store } from '../state/store.ts'
import {
  changed,
  type DrawnRegion,
  duplicates,
  fromSaved,
  movedBy,
  type Regions,
  reordered,
  toSave,
  withNew,
} from './drawn-region.ts'

export interface RegionsView {
  regions: Regions
  /** Keys of the selected regions. */
  selected: readonly string[]
  /** A point of the one selected region that is selected itself. */
  point: number | null
  /** Why the last change was not made. */
  problem: string | null
  canUndo: boolean
  canRedo: boolean
  /** Counts changes that are to be kept; see `RegionsSaver`. */
  version: number
}

/** The regions of a project: what is drawn, what is selected, undo and redo. */
export class RegionsEditor extends Store<RegionsView> {
  #size: Size
  #kept: Regions
  readonly #history: EditHistory<Regions>
  #problems = new WeakMap<DrawnRegion, string | null>()

  /** `size` is that of the recipe's picture. */
  constructor(saved: readonly RegionState[], size: Size) {
    const regions = fromSaved(saved)
    const nothing = { selected: [], point: null, problem: null, canUndo: false, canRedo: false }
    super({ regions, ...nothing, version: 0 })
    this.#history = new EditHistory(regions)
    this.#size = size
    this.#kept = regions
  }

  /** The regions as they are to be kept: without what a hand is moving right now. */
  get kept(): Regions {
    return this.#kept
  }

  get size(): Size {
    return this.#size
  }

  /** The recipe's picture may become another one; its regions come by `follow`. */
  resize(size: Size): void {
    if (size.width === this.#size.width && size.height === this.#size.height) return
    this.#problems = new WeakMap()
    this.#size = size
  }

  /** What the engine has, when it has changed there: it takes the place of everything here. */
  follow(saved: readonly RegionState[], size: Size): void {
    this.resize(size)
    const regions = fromSaved(saved)
    if (canonicalJson(toSave(regions)) === canonicalJson(toSave(this.#history.value))) return
    this.#history.reset(regions)
    this.#kept = regions
    this.#show({})
  }

  /** Ids that the engine gave to regions, by their keys. */
  adopt(ids: ReadonlyMap<string, number>): void {
    const named = (regions: Regions): Regions =>
      regions.map((region) => ({ ...region, id: ids.get(region.key) ?? region.id }))
    this.#history.rewrite(named)
    this.#kept = named(this.#kept)
    this.#show({})
  }

  /**
   * Makes a change, unless it would make a region that cannot be counted in: then nothing changes
   * and `problem` says why. Changes with the same key that follow each other are one step of undo.
   */
  change(edit: (regions: Regions) => Regions, key: string | null = null): boolean {
    const regions = edit(this.#history.value)
    if (regions === this.#history.value) return true
    const problem = this.#problemOf(regions)
    if (!problem) this.#history.change(regions, key)
    this.#show({ problem, isKept: problem === null })
    return problem === null
  }

  /** Shows a change as it would be, while a hand is moving; `settle` or `abandon` follows. */
  attempt(edit: (regions: Regions) => Regions, key: string): void {
    this.#history.change(edit(this.#history.value), key)
    this.#show({ problem: this.#problemOf(this.#history.value) })
  }

  /** Ends attempts: they are kept where they can be, else undone. */
  settle(): boolean {
    const problem = this.#problemOf(this.#history.value)
    if (problem) this.#history.abandon()
    this.#history.settle()
    this.#show({ problem, isKept: problem === null })
    return problem === null
  }

  abandon(): void {
    this.#history.abandon()
    this.#show({ problem: null })
  }

  undo(): void {
    this.#history.undo()
    this.#show({ isKept: true, problem: null })
  }

  redo(): void {
    this.#history.redo()
    this.#show({ isKept: true, problem: null })
  }

  select(keys: readonly string[], point: number | null = null): void {
    this.set({ ...this.get(), selected: keys, point, problem: null })
  }

  selectPoint(point: number | null): void {
    this.set({ ...this.get(), point })
  }

  /** Draws a region and selects it. */
  add(points: readonly Point[], kind: Region['kind'] = 'count'): boolean {
    const region = withNew(this.#history.value, points, kind)
    const isDone = this.change((regions) => [...regions, region])
    if (isDone) this.select([region.key])
    return isDone
  }

  remove(): void {
    const { selected, point, regions } = this.get()
    const [only] = regions.filter(({ key }) => selected.includes(key))
    if (only && selected.length === 1 && point !== null) {
      this.removePoint(only.key, point)
      return
    }
    const isGone = ({ key, locked }: DrawnRegion): boolean => selected.includes(key) && !locked
    this.change((before) => (before.some(isGone) ? before.filter((one) => !isGone(one)) : before))
  }

  /** Takes a point off; a triangle keeps its points. */
  removePoint(key: string, index: number): void {
    const isDone = this.change((regions) =>
      changed(regions, [key], (region) => ({
        ...region,
        points: region.locked ? region.points : region.points.filter((_, i) => i !== index),
      })),
    )
    if (isDone) this.selectPoint(null)
  }

  /** Changes the selected regions' properties. */
  setProperties(
    change: Partial<Omit<Region, 'points'>> & { locked?: boolean },
    key?: string,
  ): void {
    const { selected } = this.get()
    this.change((regions) => changed(regions, selected, (one) => ({ ...one, ...change })), key)
  }

  duplicate(): void {
    const copies = duplicates(this.#history.value, this.get().selected, this.#size)
    if (copies.length === 0) return
    if (this.change((regions) => [...regions, ...copies])) this.select(copies.map(({ key }) => key))
  }

  /** Moves the selected point, or the selected regions. */
  nudge(by: Point): void {
    const { selected, point } = this.get()
    const moved = ({ points }: DrawnRegion): Point[] =>
      point === null
        ? movedBy(points, by, this.#size)
        : points.map((one, i) => (i === point ? (movedBy([one], by, this.#size)[0] ?? one) : one))
    this.change(
      (regions) =>
        changed(regions, selected, (one) => (one.locked ? one : { ...one, points: moved(one) })),
      `nudge ${selected.join()} ${point}`,
    )
  }

  reorder(by: -1 | 1): void {
    const [key] = this.get().selected
    if (key !== undefined) this.change((regions) => reordered(regions, key, by))
  }

  #problemOf(regions: Regions): string | null {
    const names = regions.map(({ name }) => name)
    const twice = names.find((name, i) => names.indexOf(name) !== i)
    if (twice !== undefined) return `There is a region called ${twice} already`
    for (const region of regions) {
      const problem = this.#problemOfRegion(region)
      if (problem) return problem
    }
    return null
  }

  /** A hand that moves changes one region of many: the others need no second look. */
  #problemOfRegion(region: DrawnRegion): string | null {
    const known = this.#problems.get(region)
    if (known !== undefined) return known
    const { key: _, id: __, locked: ___, ...drawn } = region
    const problem = problemOf(drawn, this.#size)
    this.#problems.set(region, problem)
    return problem
  }

  #show({ problem = null, isKept = false }: { problem?: string | null; isKept?: boolean }): void {
    const { canUndo, canRedo, value: regions } = this.#history
    const before = this.get()
    if (isKept) this.#kept = regions
    const selected = before.selected.filter((key) => regions.some((region) => region.key === key))
    const points = regions.find(({ key }) => key === selected[0])?.points.length ?? 0
    const point = before.point !== null && before.point < points ? before.point : null
    const version = before.version + (isKept ? 1 : 0)
    this.set({ regions, selected, point, problem, canUndo, canRedo, version })
  }
}

function problemOf(region: Region, size: Size): string | null {
  try {
    checkRegion(region, size)
    return null
  } catch (error) {
    return toAppError(error).message
  }
}
