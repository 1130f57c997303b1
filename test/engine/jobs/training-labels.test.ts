import { describe, expect, test } from 'vitest'
import { setClasses } from '../../../src/engine/db/classes.ts'
import { saveMask } from '../../../src/engine/db/masks.ts'
import { createProject, type Project } from '../../../src/engine/db/project.ts'
import { setRecipe } from '../../../src/engine/db/recipes.ts'
import { addSource } from '../../../src/engine/db/sources.ts'
import { trainingLabels } from '../../../src/engine/jobs/training-labels.ts'
import { type Recipe, recipeSchema } from '../../../src/shared/recipe.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const crop: Recipe = recipeSchema.parse({
  crop: { x: 0, y: 0, width: 32, height: 32 },
  size: { width: 8, height: 8 },
})

/** A project with two tapes whose pictures are of 8x8 pixels. */
function projectNamed(name: string): { project: Project; geometryHash: string } {
  const project = createProject(temporary(`${name}.maskbench`))
  addSource(project, madeUpTape(100, 'a'.repeat(64)), null)
  addSource(project, madeUpTape(50, 'b'.repeat(64)), null)
  const { geometryHash } = setRecipe(project, crop)
  return { project, geometryHash }
}

/** Paints a frame: values from the first pixel on, the rest background. */
function paint(
  { project, geometryHash }: ReturnType<typeof projectNamed>,
  [source, frame]: [number, number],
  values: readonly number[],
  [width, height] = [8, 8],
): void {
  const data = new Uint8Array(width * height)
  data.set(values)
  saveMask(project, { source, frame }, { width, height, data }, geometryHash)
}

describe('labels to learn from', () => {
  test('come from all tapes, in channels of the network', () => {
    const made = projectNamed('channels')
    setClasses(made.project, [
      { index: 3, name: 'cart', colour: '#00ff00' },
      { index: 7, name: 'robot', colour: '#0000ff' },
    ])
    paint(made, [2, 4], [0, 1, 7])
    paint(made, [1, 9], [255, 1, 1])
    const { frames, classes } = trainingLabels(made.project)
    expect(classes).toEqual(['background', 'person', 'robot'])
    expect(frames.map(({ source, frame }) => [source, frame])).toEqual([
      [1, 9],
      [2, 4],
    ])
    expect([...(frames[0]?.mask.subarray(0, 4) ?? [])]).toEqual([255, 1, 1, 0])
    expect([...(frames[1]?.mask.subarray(0, 4) ?? [])]).toEqual([0, 1, 2, 0])
    made.project.close()
  })

  test('follow the recipe that is in use', () => {
    const made = projectNamed('other-recipe')
    paint(made, [1, 0], [1, 1, 1, 1])
    setRecipe(made.project, { ...crop, size: { width: 16, height: 16 } })
    const [label] = trainingLabels(made.project).frames
    expect(label?.mask).toHaveLength(16 * 16)
    expect([...(label?.mask.subarray(0, 10) ?? [])]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
    made.project.close()
  })

  test('call the person class so, whatever the project calls it', () => {
    const made = projectNamed('worker')
    setClasses(made.project, [{ index: 1, name: 'worker', colour: '#00ff00' }])
    paint(made, [1, 0], [1])
    expect(trainingLabels(made.project).classes).toEqual(['background', 'person'])
    made.project.close()
  })

  test('leave out a frame of which nothing is to be looked at', () => {
    const made = projectNamed('ignored-frame')
    paint(made, [1, 0], [1])
    paint(made, [1, 5], new Array(64).fill(255))
    expect(trainingLabels(made.project).frames.map(({ frame }) => frame)).toEqual([0])
    made.project.close()
  })
})

describe('labels that nothing can be learnt from', () => {
  test.each([
    ['no labels at all', [], 'no-labels', /the project has no labels to learn from/],
    [
      'ignored pixels alone',
      [new Array(64).fill(255)],
      'no-labels',
      /everything in the 1 labelled/,
    ],
    ['background alone', [[0], [0]], 'one-class', /none of the 2 labelled frames shows a person/],
    ['people alone', [new Array(64).fill(1)], 'one-class', /nothing but people/],
    ['an unknown class', [[1, 9]], 'bad-mask', /frame 0 holds class 9/],
  ] as const)('are %s', (title, masks, code, message) => {
    const made = projectNamed(title.replaceAll(' ', '-'))
    for (const [frame, values] of masks.entries()) paint(made, [1, frame], values)
    const error = caught(() => trainingLabels(made.project))
    expect(error).toMatchObject({ code, kind: 'input' })
    expect(error.message).toMatch(message)
    expect(error.hint).not.toBe('')
    made.project.close()
  })

  test('are masks of another size than the picture', () => {
    const made = projectNamed('sizes')
    paint(made, [1, 3], [1], [10, 8])
    expect(caught(() => trainingLabels(made.project))).toMatchObject({
      code: 'mask-size-differs',
      message: 'the label of frame 3 is 10x8, the picture is 8x8',
    })
    made.project.close()
  })
})
