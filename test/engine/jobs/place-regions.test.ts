import { expect, test } from 'vitest'
import type { Project } from '../../../src/engine/db/project.ts'
import { setRecipe } from '../../../src/engine/db/recipes.ts'
import { listRegions, regionHistory } from '../../../src/engine/db/regions.ts'
import { type DrawnRegion, placeRegions } from '../../../src/engine/jobs/place-regions.ts'
import { regionsInRecipe } from '../../../src/engine/jobs/project-recipe.ts'
import { type Point, regionSchema } from '../../../src/shared/region.ts'
import { caught } from '../../fixtures/caught.ts'
import { paintedProject, paintedRecipe } from '../../fixtures/painted-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const box = (x: number): Point[] => [
  [x, 2],
  [x + 10, 2],
  [x + 10, 12],
  [x, 12],
]

function drawn(name: string, x: number, fields: Partial<DrawnRegion> = {}): DrawnRegion {
  return { ...regionSchema.parse({ name, points: box(x) }), locked: false, ...fields }
}

const names = (project: Project) => listRegions(project).map(({ name }) => name)
const revisions = (project: Project, id: number) => regionHistory(project, id).length

test('regions are made, changed, ordered and deleted in one go', () => {
  const project = paintedProject(temporary('go.maskbench'))
  const [a, b] = placeRegions(project, [drawn('a', 2), drawn('b', 20, { locked: true })])
  if (!a || !b) throw new Error('two regions were expected')
  expect(b).toMatchObject({ name: 'b', locked: true })
  const after = placeRegions(project, [
    drawn('c', 30, { kind: 'ignore' }),
    drawn('a', 4, { id: a.id, threshold: 3, group: 'benches', colour: '#00ff00' }),
  ])
  expect(after).toMatchObject([
    { name: 'c', kind: 'ignore', points: box(30) },
    { id: a.id, name: 'a', threshold: 3, group: 'benches', colour: '#00ff00', points: box(4) },
  ])
  project.close()
})

test('only a new outline makes a revision', () => {
  const project = paintedProject(temporary('revisions.maskbench'))
  const [a] = placeRegions(project, [drawn('a', 2)])
  const id = a?.id ?? 0
  placeRegions(project, [drawn('renamed', 2, { id, locked: true, threshold: 9 })])
  expect(revisions(project, id)).toBe(1)
  placeRegions(project, [drawn('renamed', 3, { id })])
  expect(revisions(project, id)).toBe(2)
  project.close()
})

test('a deleted region comes back with its id and history, also where its name was taken since', () => {
  const project = paintedProject(temporary('back.maskbench'))
  const [a] = placeRegions(project, [drawn('a', 2)])
  const id = a?.id ?? 0
  const [other] = placeRegions(project, [drawn('a', 20)])
  expect(other?.id).not.toBe(id)
  placeRegions(project, [drawn('a', 2, { id }), drawn('b', 20, other ? { id: other.id } : {})])
  expect(names(project)).toEqual(['a', 'b'])
  expect(revisions(project, id)).toBe(1)
  project.close()
})

test('two regions may exchange their names', () => {
  const project = paintedProject(temporary('exchange.maskbench'))
  const [a, b] = placeRegions(project, [drawn('a', 2), drawn('b', 20)])
  if (!a || !b) throw new Error('two regions were expected')
  placeRegions(project, [drawn('b', 2, { id: a.id }), drawn('a', 20, { id: b.id })])
  expect(listRegions(project)).toMatchObject([
    { id: a.id, name: 'b' },
    { id: b.id, name: 'a' },
  ])
  project.close()
})

test('what another recipe cuts off is not lost while the outline is left alone', () => {
  const project = paintedProject(temporary('cut.maskbench'))
  const [a] = placeRegions(project, [drawn('a', 2)])
  setRecipe(project, paintedRecipe(6))
  const [shown] = regionsInRecipe(project)
  if (!a || !shown) throw new Error('a region was expected')
  expect(shown.points).not.toEqual(a.points)
  placeRegions(project, [drawn('a', 0, { id: a.id, points: shown.points, threshold: 1 })])
  expect(revisions(project, a.id)).toBe(1)
  setRecipe(project, paintedRecipe())
  expect(regionsInRecipe(project)).toMatchObject([{ points: box(2), threshold: 1 }])
  project.close()
})

test('one bad region, and nothing changes', () => {
  const project = paintedProject(temporary('bad.maskbench'))
  placeRegions(project, [drawn('a', 2)])
  const bad: [DrawnRegion[], string][] = [
    [[drawn('b', 20), drawn('b', 30)], 'two regions with this name'],
    [[drawn('b', 45)], 'outside the picture'],
    [[drawn('b', 20, { id: 99 })], 'never had a region 99'],
    [[drawn('b', 20, { id: 1 }), drawn('c', 20, { id: 1 })], 'given twice'],
  ]
  for (const [regions, message] of bad)
    expect(caught(() => placeRegions(project, regions))).toMatchObject({
      code: 'bad-region',
      message: expect.stringContaining(message),
    })
  expect(names(project)).toEqual(['a'])
  project.close()
})
