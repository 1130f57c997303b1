import { mkdir } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { saveMask } from '../../../src/engine/db/masks.ts'
import { addStroke } from '../../../src/engine/db/painted-masks.ts'
import { addRegions } from '../../../src/engine/db/regions.ts'
import { geometryHash } from '../../../src/engine/preprocess/geometry-hash.ts'
import { rejection } from '../../fixtures/caught.ts'
import { lensScene } from '../../fixtures/lens-scene.ts'
import {
  paintedProject,
  paintedRecipe,
  paintedSize,
  rectangle,
} from '../../fixtures/painted-project.ts'
import { ended, loadPage, openHeld, openNew, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

const region = { kind: 'count', group: null, colour: null, threshold: null } as const
const square = (x: number): [number, number][] => [
  ...([
    [x, 2],
    [x + 8, 2],
    [x + 8, 10],
    [x, 10],
  ] as [number, number][]),
]

/** A project with a mask, a frame that was being painted when it was closed, and two regions. */
function workedOn(path: string): void {
  const project = paintedProject(path)
  const hash = geometryHash(paintedRecipe())
  const data = new Uint8Array(paintedSize.width * paintedSize.height).fill(1)
  saveMask(project, { source: 1, frame: 3 }, { ...paintedSize, data }, hash)
  addStroke(project, { source: 1, frame: 4 }, rectangle([0, 0, 4, 4], { session: 's', number: 1 }))
  addRegions(project, [{ ...region, name: 'left', points: square(0) }], hash)
  addRegions(project, [{ ...region, name: 'right', points: square(30) }], hash)
  project.close()
}

describe('another recipe', () => {
  test('says before what it does: what is mapped, and what would lie outside', async () => {
    const path = bench.at('effect.maskbench')
    workedOn(path)
    const client = loadPage(bench.start())
    const { project } = await openHeld(client, path)
    const same = await client.call('recipe.effect', { project, recipe: paintedRecipe() })
    expect(same).toEqual({ masks: 0, regions: 0, runs: 0, models: 0, warnings: [] })
    const effect = await client.call('recipe.effect', { project, recipe: paintedRecipe(20) })
    expect(effect).toMatchObject({ masks: 2, regions: 2, runs: 0, models: 0 })
    expect(effect.warnings).toEqual([
      expect.stringContaining('2 painted frames'),
      'The region “left” lies outside the new picture.',
    ])
    expect(await client.call('projects.backups', { path })).toEqual([])
  })

  test('is set after a backup; regions are mapped, and back again are what was drawn', async () => {
    const path = bench.at('set.maskbench')
    workedOn(path)
    const client = loadPage(bench.start())
    const { project } = await openHeld(client, path)
    const regionsAfter = async (x: number) => {
      const recipe = paintedRecipe(x)
      const changed = new Promise((resolve) => client.on('project.changed', resolve))
      const set = await client.call('recipe.set', { project, recipe })
      expect(set).toEqual({ geometryHash: geometryHash(recipe) })
      expect(await changed).toMatchObject({ parts: ['recipe', 'regions', 'frames', 'rule'] })
      const state = await client.call('project.state', { project })
      expect(state.recipe).toEqual({ recipe, ...set })
      expect(state.frames.map(({ frame, label }) => [frame, label])).toEqual([
        ...[
          [3, 'labelled'],
          [4, 'labelled'],
        ],
      ])
      return state.regions.find(({ name }) => name === 'right')?.points
    }
    expect((await regionsAfter(20))?.[0]).toEqual([10, 2].map((at) => expect.closeTo(at, 6)))
    expect(await regionsAfter(0)).toEqual(square(30))
    expect(await client.call('projects.backups', { path })).toMatchObject([
      { reason: 'recipe', bytes: expect.any(Number) },
      { reason: 'recipe' },
    ])
  })

  test('that does not fit the tape is refused in words that name the value', async () => {
    const path = bench.at('misfit.maskbench')
    workedOn(path)
    const client = loadPage(bench.start())
    const { project } = await openHeld(client, path)
    const recipe = { ...paintedRecipe(), crop: { x: 1000, y: 0, ...paintedSize } }
    for (const method of ['recipe.set', 'recipe.effect'] as const)
      expect(await rejection(client.call(method, { project, recipe }))).toMatchObject({
        ...{ code: 'bad-recipe', message: expect.stringContaining('crop') },
      })
    const bare = await openNew(client, 'without a tape', bench.at())
    const early = client.call('recipe.set', { project: bare.project, recipe: paintedRecipe() })
    expect((await rejection(early)).code).toBe('no-such-tape')
  })
})

describe('a recipe to start from', () => {
  const size = { width: 320, height: 320 }

  async function withPictures(
    name: string,
    circle: { cx: number; cy: number; radius: number } | null,
  ) {
    const folder = bench.at(name)
    await mkdir(folder)
    for (const seed of [1, 2, 3])
      await sharp(lensScene({ size, circle, seed }), { raw: { ...size, channels: 3 } }).toFile(
        bench.at(name, `${seed}.png`),
      )
    return folder
  }

  test('is found in the pictures of a fisheye, and not in those of another camera', async () => {
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'fisheye', bench.at())
    const fisheye = await withPictures('fisheye tape', { cx: 160, cy: 158, radius: 140 })
    const plain = await withPictures('plain tape', null)
    for (const path of [fisheye, plain]) {
      const { job } = await client.call('tapes.add', { project, path })
      expect((await ended(client, project, job)).state).toBe('done')
    }
    const recipe = await client.call('recipe.guess', { project, tape: 1 })
    expect(recipe.lens).toMatchObject({
      ...{ cx: expect.closeTo(160, 0), cy: expect.closeTo(158, 0), radius: expect.closeTo(140, 0) },
    })
    expect(await client.call('recipe.set', { project, recipe })).toMatchObject({
      geometryHash: geometryHash(recipe),
    })
    const none = client.call('recipe.guess', { project, tape: 2 })
    expect((await rejection(none)).code).toBe('no-lens-found')
  })
})
