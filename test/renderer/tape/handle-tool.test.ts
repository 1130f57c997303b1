import { describe, expect, it } from 'vitest'
import { cropHandles } from '../../../src/renderer/src/tape/crop-handles.ts'
import { HandleTool } from '../../../src/renderer/src/tape/handle-tool.ts'
import {
  aimOf,
  draggedView,
  lensHandles,
  lookingAt,
} from '../../../src/renderer/src/tape/lens-handles.ts'
import { RecipeEditor } from '../../../src/renderer/src/tape/recipe-editor.ts'
import { plainRecipe, withFisheye } from '../../../src/renderer/src/tape/recipe-edits.ts'

const tape = { width: 1000, height: 1000 }

function fisheye() {
  const editor = new RecipeEditor(tape, withFisheye(tape))
  return { editor, tool: new HandleTool(editor, (recipe) => lensHandles(recipe, tape)) }
}

function plain() {
  const editor = new RecipeEditor(tape, plainRecipe(tape))
  return { editor, tool: new HandleTool(editor, (recipe) => cropHandles(recipe, tape)) }
}

describe('dragging the lens circle', () => {
  it('resizes it by a knob, as one step of undo', () => {
    const { editor, tool } = fisheye()
    expect(tool.down({ x: 1000, y: 502 }, 10)).toBe(true)
    tool.move({ x: 950, y: 502 })
    tool.move({ x: 900, y: 502 })
    tool.up()
    expect(editor.get().recipe.lens?.radius).toBeCloseTo(400, 0)
    editor.undo()
    expect(editor.get()).toMatchObject({ canUndo: false, isChanged: false })
  })

  it('moves it by its rim', () => {
    const { editor, tool } = fisheye()
    const onRim = { x: 500 + 500 * Math.SQRT1_2, y: 500 - 500 * Math.SQRT1_2 }
    expect(tool.at(onRim, 10)?.name).toBe('rim')
    tool.down(onRim, 10)
    tool.move({ x: onRim.x + 20, y: onRim.y - 30 })
    tool.up()
    expect(editor.get().recipe.lens).toMatchObject({ cx: 520, cy: 470, radius: 500 })
  })

  it('turns the view to where the dot is dragged', () => {
    const { editor, tool } = fisheye()
    tool.down({ x: 500, y: 500 }, 10)
    tool.move({ x: 640, y: 420 })
    tool.up()
    const aim = aimOf(editor.get().recipe)
    expect(aim.x).toBeCloseTo(640, 0)
    expect(aim.y).toBeCloseTo(420, 0)
  })

  it('takes nothing beside it, and forgets a drag that was not meant', () => {
    const { editor, tool } = fisheye()
    expect(tool.down({ x: 300, y: 300 }, 10)).toBe(false)
    tool.down({ x: 1000, y: 500 }, 10)
    tool.move({ x: 900, y: 500 })
    tool.cancel()
    expect(editor.get()).toMatchObject({ isChanged: false, canRedo: false })
  })
})

describe('looking around', () => {
  it('pulls the picture along with the pointer', () => {
    const start = lookingAt(withFisheye(tape), { x: 500, y: 500 })
    const { width, height } = start.size
    const dragged = draggedView(
      start,
      { x: width / 2, y: height / 2 },
      { x: width / 2 + 10, y: height / 2 + 10 },
    )
    expect(dragged.view?.yaw).toBeLessThan(0)
    expect(dragged.view?.pitch).toBeGreaterThan(0)
  })
})

describe('dragging the crop', () => {
  it('moves the side that is held and leaves the others', () => {
    const { editor, tool } = plain()
    tool.down({ x: 1000, y: 1000 }, 10)
    tool.move({ x: 600, y: 5000 })
    tool.up()
    expect(editor.get().recipe.crop).toEqual({ x: 0, y: 0, width: 600, height: 1000 })
    tool.down({ x: 0, y: 500 }, 10)
    tool.move({ x: 9999, y: 500 })
    tool.up()
    expect(editor.get().recipe.crop).toEqual({ x: 584, y: 0, width: 16, height: 1000 })
  })

  it('moves as a whole within the tape', () => {
    const { editor, tool } = plain()
    tool.down({ x: 1000, y: 1000 }, 10)
    tool.move({ x: 600, y: 600 })
    tool.up()
    tool.down({ x: 300, y: 300 }, 10)
    tool.move({ x: 1300, y: 320 })
    tool.up()
    expect(editor.get().recipe.crop).toEqual({ x: 400, y: 20, width: 600, height: 600 })
  })
})

describe('a draft of a recipe', () => {
  it('follows what is set elsewhere only while nobody has touched it', () => {
    const editor = new RecipeEditor(tape, plainRecipe(tape))
    const other = withFisheye(tape)
    editor.follow(other)
    expect(editor.get()).toMatchObject({ recipe: other, isChanged: false })
    editor.change((recipe) => ({ ...recipe, size: { width: 100, height: 100 } }))
    editor.follow(plainRecipe(tape))
    expect(editor.get().recipe.size.width).toBe(100)
  })

  it('says what is wrong in words', () => {
    const editor = new RecipeEditor(tape, null)
    editor.change((recipe) => ({ ...recipe, size: { width: 1, height: 1 } }))
    expect(editor.get().problem?.code).toBe('bad-recipe')
  })
})
