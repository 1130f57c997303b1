import { describe, expect, test } from 'vitest'
import { setFlag } from '../../../src/engine/db/frame-flags.ts'
import { listFrameStates } from '../../../src/engine/db/frame-states.ts'
import { write } from '../../../src/engine/db/handle.ts'
import { listLabels, loadMask, saveMask } from '../../../src/engine/db/masks.ts'
import {
  addStroke,
  foldAllStrokes,
  foldStrokes,
  maskThrough,
  paintedMask,
  removeMask,
  replaceMask,
} from '../../../src/engine/db/painted-masks.ts'
import { openProject, type Project } from '../../../src/engine/db/project.ts'
import { activeRecipe, setRecipe } from '../../../src/engine/db/recipes.ts'
import { framesWithStrokes } from '../../../src/engine/db/strokes.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import { caught } from '../../fixtures/caught.ts'
import {
  paintedProject,
  paintedRecipe,
  paintedSize,
  rectangle,
} from '../../fixtures/painted-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const at = { source: 1, frame: 7 }
const session = 'page'

/** Pixels of a value, by row and column. */
function pixels(mask: ClassMask | undefined, value = 1): string[] {
  const { data, width } = mask ?? { data: new Uint8Array(), width: 1 }
  return [...data.entries()].flatMap(([i, found]) =>
    found === value ? [`${Math.floor(i / width)} ${i % width}`] : [],
  )
}

const labelOf = (project: Project) =>
  listFrameStates(project).find(({ frame }) => frame === at.frame)?.label ?? 'none'

describe('strokes', () => {
  test('lie over the latest version of a mask in the order in which they came', () => {
    const project = paintedProject(temporary('order.maskbench'))
    const data = new Uint8Array(48 * 32)
    data[0] = 2
    saveMask(project, at, { ...paintedSize, data }, activeRecipe(project)?.geometryHash ?? '')
    expect(addStroke(project, at, rectangle([4, 3, 3, 1], { session, number: 1 }))).toBe('first')
    expect(addStroke(project, at, rectangle([5, 3, 1, 2], { session, number: 2 }, 255))).toBe(
      'further',
    )
    const painted = paintedMask(project, at)
    expect(pixels(painted?.mask, 2)).toEqual(['0 0'])
    expect(pixels(painted?.mask, 1)).toEqual(['3 4', '3 6'])
    expect(pixels(painted?.mask, 255)).toEqual(['3 5', '4 5'])
    project.close()
  })

  test('count once, however often they are sent, folded or not', () => {
    const project = paintedProject(temporary('once.maskbench'))
    const dab = rectangle([0, 0, 1, 1], { session, number: 1 })
    addStroke(project, at, dab)
    expect(addStroke(project, at, dab)).toBe('known')
    expect(addStroke(project, at, rectangle([1, 0, 1, 1], { session, number: 2 }))).toBe('further')
    expect(foldStrokes(project, at)).toBe(1)
    expect(addStroke(project, at, dab)).toBe('known')
    expect(addStroke(project, at, rectangle([9, 9, 1, 1], { session: 'b', number: 1 }))).toBe(
      'first',
    )
    expect(pixels(paintedMask(project, at)?.mask)).toEqual(['0 0', '0 1', '9 9'])
    project.close()
  })

  test('become an immutable version when they are folded; nothing to fold makes none', () => {
    const project = paintedProject(temporary('fold.maskbench'))
    expect(foldStrokes(project, at)).toBe(0)
    addStroke(project, at, rectangle([4, 3, 1, 1], { session, number: 1 }))
    expect(foldStrokes(project, at)).toBe(1)
    expect(foldStrokes(project, at)).toBe(1)
    addStroke(project, at, rectangle([5, 3, 1, 1], { session, number: 2 }))
    expect(foldStrokes(project, at)).toBe(2)
    expect(pixels(loadMask(project, at, 1)?.mask)).toEqual(['3 4'])
    expect(pixels(loadMask(project, at)?.mask)).toEqual(['3 4', '3 5'])
    expect(framesWithStrokes(project)).toEqual([])
    project.close()
  })

  test('that were all taken back make no label where there was none', () => {
    const project = paintedProject(temporary('undone.maskbench'))
    addStroke(project, at, rectangle([4, 3, 2, 2], { session, number: 1 }))
    expect(labelOf(project)).toBe('labelled')
    addStroke(project, at, rectangle([4, 3, 2, 2], { session, number: 2 }, 0))
    expect(labelOf(project)).toBe('none')
    expect(foldStrokes(project, at)).toBe(0)
    expect(listLabels(project)).toEqual([])
    project.close()
  })

  test('are folded by themselves when there are very many', () => {
    const project = paintedProject(temporary('many.maskbench'))
    // In one transaction: 520 waits for the disk would take seconds.
    write(project, () => {
      for (let number = 0; number < 520; number++)
        addStroke(project, at, rectangle([number % 48, 0, 1, 1], { session, number }))
    })
    expect(framesWithStrokes(project)).toMatchObject([{ ...at, strokes: 20 }])
    expect(pixels(paintedMask(project, at)?.mask)).toHaveLength(48)
    project.close()
  })

  test('are there when the project is opened again, and folded then', () => {
    const dir = temporary('again.maskbench')
    const before = paintedProject(dir)
    addStroke(before, at, rectangle([4, 3, 1, 1], { session, number: 1 }))
    before.close()
    const reader = openProject(dir, { mode: 'read' })
    expect(pixels(paintedMask(reader, at)?.mask)).toEqual(['3 4'])
    foldAllStrokes(reader)
    reader.close()
    const project = openProject(dir, { mode: 'write' })
    expect(framesWithStrokes(project)).toEqual([])
    expect(pixels(loadMask(project, at)?.mask)).toEqual(['3 4'])
    project.close()
  })

  test('reach the disk with the transaction that stores them', () => {
    const project = paintedProject(temporary('sync.maskbench'))
    // 2 = FULL: in a write-ahead log every commit waits for the disk, https://sqlite.org/pragma.html#pragma_synchronous
    expect(project.db.pragma('synchronous', { simple: true })).toBe(2)
    expect(project.db.pragma('journal_mode', { simple: true })).toBe('wal')
    project.close()
  })
})

describe('a new recipe', () => {
  test('gets a label that was painted in the old one mapped from its original', () => {
    const project = paintedProject(temporary('recipe.maskbench'))
    addStroke(project, at, rectangle([10, 3, 1, 1], { session, number: 1 }))
    const { geometryHash } = setRecipe(project, paintedRecipe(4))
    const painted = paintedMask(project, at)
    expect(painted && pixels(maskThrough(project, painted, geometryHash))).toEqual(['3 6'])
    addStroke(project, at, rectangle([0, 0, 1, 1], { session, number: 2 }))
    expect(pixels(loadMask(project, at)?.mask)).toEqual(['3 10'])
    expect(pixels(paintedMask(project, at)?.mask)).toEqual(['0 0', '3 6'])
    foldStrokes(project, at)
    expect(loadMask(project, at)).toMatchObject({ geometryHash, version: 2 })
    project.close()
  })

  test('takes no strokes of another one', () => {
    const project = paintedProject(temporary('refused.maskbench'))
    const old = activeRecipe(project)?.geometryHash
    setRecipe(project, paintedRecipe(4))
    const dab = rectangle([0, 0, 1, 1], { session, number: 1 })
    expect(caught(() => addStroke(project, at, dab, old))).toMatchObject({
      code: 'other-geometry',
      message: expect.stringContaining('another recipe'),
    })
    const small = { ...dab, mask: { width: 40, height: 30 } }
    expect(caught(() => addStroke(project, at, small))).toMatchObject({
      code: 'mask-size-differs',
      message: "the stroke is of a mask of 40x30, the project's picture is 48x32",
    })
    expect(framesWithStrokes(project)).toEqual([])
    project.close()
  })
})

describe('the state of a frame', () => {
  test('is what its label and its strokes say, and whether it is flagged', () => {
    const project = paintedProject(temporary('states.maskbench'))
    const { geometryHash = '' } = activeRecipe(project) ?? {}
    const empty = { ...paintedSize, data: new Uint8Array(48 * 32) }
    expect(listFrameStates(project)).toEqual([])
    addStroke(project, at, rectangle([4, 3, 1, 1], { session, number: 1 }))
    replaceMask(project, { source: 1, frame: 3 }, empty, geometryHash)
    setFlag(project, { source: 1, frame: 3 }, true)
    setFlag(project, { source: 1, frame: 50 }, true)
    setFlag(project, { source: 1, frame: 50 }, true)
    setFlag(project, { source: 1, frame: 60 }, true)
    setFlag(project, { source: 1, frame: 60 }, false)
    expect(listFrameStates(project)).toEqual([
      { tape: 1, frame: 3, label: 'empty', flagged: true },
      { tape: 1, frame: 7, label: 'labelled', flagged: false },
      { tape: 1, frame: 50, label: 'none', flagged: true },
    ])
    project.close()
  })

  test('that was labelled and then erased is empty; its label can be taken off', () => {
    const project = paintedProject(temporary('erased.maskbench'))
    addStroke(project, at, rectangle([4, 3, 1, 1], { session, number: 1 }))
    foldStrokes(project, at)
    addStroke(project, at, rectangle([4, 3, 1, 1], { session, number: 2 }, 0))
    expect(labelOf(project)).toBe('empty')
    expect(foldStrokes(project, at)).toBe(2)
    expect(labelOf(project)).toBe('empty')
    addStroke(project, at, rectangle([8, 8, 1, 1], { session, number: 3 }))
    removeMask(project, at)
    expect(labelOf(project)).toBe('none')
    expect(pixels(loadMask(project, at, 3)?.mask)).toEqual(['8 8'])
    expect(addStroke(project, at, rectangle([8, 8, 1, 1], { session, number: 3 }))).toBe('known')
    project.close()
  })
})
