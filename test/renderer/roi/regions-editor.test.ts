import { beforeEach, describe, expect, it } from 'vitest'
import { RegionsEditor } from '../../../src/renderer/src/roi/regions-editor.ts'
import { RegionsSaver } from '../../../src/renderer/src/roi/regions-saver.ts'
import { type Press, RegionTools } from '../../../src/renderer/src/roi/tools.ts'
import type { RegionState } from '../../../src/shared/contract/state.ts'
import type { Point } from '../../../src/shared/region.ts'

const size = { width: 320, height: 240 }
const square: Point[] = [
  [100, 100],
  [150, 100],
  [150, 150],
  [100, 150],
]

let editor: RegionsEditor
let tools: RegionTools

beforeEach(() => {
  editor = new RegionsEditor([], size)
  tools = new RegionTools(editor)
})

function press(x: number, y: number, change: Partial<Press> = {}): Press {
  return { at: [x, y], reach: 5, isAdding: false, isFree: false, ...change }
}

function click(x: number, y: number, change: Partial<Press> = {}): void {
  tools.hover(press(x, y, change))
  tools.down(press(x, y, change))
  tools.up(press(x, y, change))
}

function drag(from: Point, to: Point, change: Partial<Press> = {}): void {
  tools.hover(press(...from, change))
  tools.down(press(...from, change))
  tools.move(press((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, change))
  tools.move(press(...to, change))
  tools.up(press(...to, change))
}

const pointsOf = (index = 0): readonly Point[] => editor.get().regions[index]?.points ?? []

describe('drawing a polygon', () => {
  beforeEach(() => tools.choose('polygon'))

  it('makes a region when its first point is clicked again', () => {
    for (const [x, y] of square) click(x, y)
    click(101, 101)
    expect(pointsOf()).toEqual(square)
    expect(editor.get().regions[0]?.name).toBe('Region 1')
    expect(tools.get().tool).toBe('select')
  })

  it('makes a region by a double click, and by closing it', () => {
    for (const [x, y] of square) click(x, y)
    click(100, 150)
    expect(pointsOf()).toEqual(square)
    tools.choose('polygon')
    for (const [x, y] of square) click(x + 100, y)
    tools.close()
    expect(editor.get().regions).toHaveLength(2)
  })

  it('goes on drawing where the outline would cross itself', () => {
    click(100, 100)
    click(150, 150)
    click(150, 100)
    click(100, 150)
    tools.close()
    expect(editor.get().regions).toEqual([])
    expect(editor.get().problem).toContain('crosses')
    expect(tools.isDrawing).toBe(true)
    tools.removeLast()
    tools.close()
    expect(editor.get().regions).toHaveLength(1)
  })

  it('draws nothing when it is given up', () => {
    click(100, 100)
    tools.cancel()
    expect(tools.isDrawing).toBe(false)
    expect(editor.get().canUndo).toBe(false)
  })

  it('holds on to sides of the picture and to points of other regions', () => {
    editor.add(square)
    tools.choose('polygon')
    click(3, 2)
    click(152, 98)
    click(20, 236)
    tools.close()
    expect(pointsOf(1)).toEqual([
      [0, 0],
      [150, 100],
      [20, 240],
    ])
  })

  it('holds on to nothing with Alt', () => {
    click(3, 2, { isFree: true })
    expect(tools.get().drawing[0]).toEqual([3, 2])
  })
})

describe('drawing a rectangle', () => {
  it('makes a region of a drag in any direction', () => {
    tools.choose('rectangle', 'ignore')
    drag([150, 150], [100, 100])
    expect(pointsOf()).toEqual(square)
    expect(editor.get().regions[0]).toMatchObject({ kind: 'ignore', name: 'Ignore 1' })
  })

  it('makes nothing of a click', () => {
    tools.choose('rectangle')
    click(100, 100)
    expect(editor.get().regions).toEqual([])
    expect(tools.get().tool).toBe('rectangle')
  })
})

describe('selecting and moving', () => {
  beforeEach(() => {
    editor.add(square)
    editor.select([])
  })

  it('selects what is clicked, and nothing beside it', () => {
    click(120, 120)
    expect(editor.get().selected).toHaveLength(1)
    expect(tools.down(press(20, 20))).toBe(false)
    expect(editor.get().selected).toEqual([])
  })

  it('moves a region as one step, and never out of the picture', () => {
    drag([120, 120], [1000, 130])
    expect(pointsOf()[0]).toEqual([270, 110])
    editor.undo()
    expect(pointsOf()).toEqual(square)
    editor.redo()
    expect(pointsOf()[0]).toEqual([270, 110])
  })

  it('lets a moved region hold on to its neighbour', () => {
    editor.add(square.map(([x, y]): Point => [x + 80, y]))
    drag([200, 125], [174, 127])
    expect(pointsOf(1)[0]).toEqual([150, 100])
  })

  it('moves a point, and adds one on an edge', () => {
    click(120, 120)
    drag([150, 100], [170, 80])
    expect(pointsOf()[1]).toEqual([170, 80])
    drag([125, 150], [125, 170])
    expect(pointsOf()).toHaveLength(5)
    expect(pointsOf()[3]).toEqual([125, 170])
    expect(editor.get().point).toBe(3)
    editor.remove()
    expect(pointsOf()).toHaveLength(4)
  })

  it('takes a move back that makes the outline cross itself', () => {
    click(120, 120)
    drag([150, 100], [110, 200])
    expect(pointsOf()).toEqual(square)
    expect(editor.get().problem).toContain('crosses')
  })

  it('takes a move back that was not meant', () => {
    tools.down(press(120, 120))
    tools.move(press(160, 160))
    tools.cancel()
    expect(pointsOf()).toEqual(square)
    expect(editor.get().canRedo).toBe(false)
  })

  it('moves several regions together, but no locked one', () => {
    editor.add(square.map(([x, y]): Point => [x + 80, y]))
    click(120, 120)
    click(200, 120, { isAdding: true })
    drag([120, 120], [120, 100], { isFree: true })
    expect(pointsOf(0)[0]).toEqual([100, 80])
    expect(pointsOf(1)[0]).toEqual([180, 80])
    editor.setProperties({ locked: true })
    drag([120, 100], [120, 150])
    expect(pointsOf(0)[0]).toEqual([100, 80])
    editor.remove()
    expect(editor.get().regions).toHaveLength(2)
  })
})

describe('changing regions by keys and lists', () => {
  beforeEach(() => void editor.add(square))

  it('nudges a region, a held key being one step', () => {
    for (let i = 0; i < 5; i++) editor.nudge([1, 0])
    expect(pointsOf()[0]).toEqual([105, 100])
    editor.undo()
    expect(pointsOf()[0]).toEqual([100, 100])
  })

  it('nudges a selected point alone', () => {
    editor.selectPoint(2)
    editor.nudge([0, 10])
    expect(pointsOf()[2]).toEqual([150, 160])
    expect(pointsOf()[0]).toEqual([100, 100])
  })

  it('duplicates, reorders and renames', () => {
    editor.duplicate()
    expect(editor.get().regions[1]).toMatchObject({ name: 'Region 1 copy 1', id: null })
    editor.reorder(-1)
    expect(editor.get().regions[0]?.name).toBe('Region 1 copy 1')
    editor.setProperties({ name: 'Door' })
    expect(editor.get().regions[0]?.name).toBe('Door')
  })

  it('refuses a name that another region has', () => {
    editor.duplicate()
    editor.setProperties({ name: 'Region 1' })
    expect(editor.get().problem).toBe('There is a region called Region 1 already')
    expect(editor.get().regions[1]?.name).toBe('Region 1 copy 1')
  })
})

describe('saving regions', () => {
  /** The engine's side: gives ids to regions that have none. */
  function engine() {
    const saves: { id?: number; name: string }[][] = []
    let next = 1
    const send = async (regions: readonly { id?: number; name: string }[]) => {
      saves.push([...regions])
      return regions.map((region, position) => ({
        ...({ kind: 'count', group: null, colour: null, threshold: null, points: square } as const),
        ...{ position, locked: false, name: region.name },
        id: region.id ?? next++,
      })) satisfies RegionState[]
    }
    return { saves, send }
  }

  it('never makes a region twice, however fast one draws', async () => {
    const { saves, send } = engine()
    const saver = new RegionsSaver(editor, send)
    saver.follow()
    editor.add(square)
    editor.add(square.map(([x, y]): Point => [x + 80, y]))
    editor.nudge([0, 5])
    await expect.poll(() => saver.isSettled).toBe(true)
    expect(editor.get().regions.map(({ id }) => id)).toEqual([1, 2])
    expect(saves.at(-1)?.[0]).toMatchObject({ id: 1, name: 'Region 1' })
  })

  it('brings a deleted region back under its id', async () => {
    const { saves, send } = engine()
    const saver = new RegionsSaver(editor, send)
    saver.follow()
    editor.add(square)
    await expect.poll(() => saver.isSettled).toBe(true)
    editor.remove()
    editor.undo()
    await expect.poll(() => saver.isSettled).toBe(true)
    expect(saves.at(-1)).toMatchObject([{ id: 1, name: 'Region 1' }])
  })

  it('knows an answer that was overtaken by a newer one', async () => {
    const { send } = engine()
    const saver = new RegionsSaver(editor, send)
    saver.follow()
    saver.note([])
    editor.add(square)
    await expect.poll(() => saver.isSettled).toBe(true)
    expect(saver.isStale([])).toBe(true)
    saver.note(await send([{ id: 9, name: 'Another page’s' }]))
    expect(saver.isStale(await send([{ id: 9, name: 'Another page’s' }]))).toBe(false)
  })

  it('keeps what could not be saved, and says so', async () => {
    const saver = new RegionsSaver(editor, () => Promise.reject(new Error('disk full')))
    saver.follow()
    editor.add(square)
    await expect.poll(() => saver.get().state).toBe('failed')
    expect(editor.get().regions).toHaveLength(1)
  })
})
