import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { moved, type Similarity, unmoved } from '../../../src/engine/camera/similarity.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { pictureToTape } from '../../../src/shared/geometry.ts'
import type { Point } from '../../../src/shared/region.ts'
import { rejection } from '../../fixtures/caught.ts'
import { placeSize, placeTape } from '../../fixtures/moved-camera.ts'
import { ended, loadPage, openNew, type Page, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

const recipe = {
  lens: { cx: 160, cy: 120, radius: 150, fov: 180, projection: 'equidistant' },
  view: { yaw: 5, pitch: -10, roll: 0, hfov: 80, vfov: 80 },
  viewSize: { width: 160, height: 160 },
  crop: null,
  size: { width: 160, height: 160 },
} as const

const points: Point[] = [
  [20, 30],
  [70, 30],
  [70, 90],
  [20, 90],
]

const bumped: Similarity = { shift: { x: 9, y: -6 }, rotation: 4, zoom: 1.03 }

async function addTape(client: Page, project: string, path: string): Promise<void> {
  const { job } = await client.call('tapes.add', { project, path })
  expect(await ended(client, project, job)).toMatchObject({ state: 'done' })
}

/** A project with a tape, recipe and a region, and a second one like it with a tape of its own. */
async function twoTapes(name: string, similarity: Similarity) {
  const service = bench.start()
  const client = loadPage(service)
  const first = await openNew(client, `${name} one`, bench.at())
  await addTape(client, first.project, await placeTape(bench.at(name, 'one'), unmoved))
  await client.call('recipe.set', { project: first.project, recipe })
  const region = {
    name: 'bench',
    kind: 'count',
    group: null,
    colour: null,
    threshold: null,
  } as const
  await client.call('regions.set', { project: first.project, regions: [{ ...region, points }] })
  const second = await openNew(client, `${name} two`, bench.at())
  await addTape(client, second.project, await placeTape(bench.at(name, 'two'), similarity))
  await client.call('projects.like', { project: second.project, path: first.path })
  return { service, client, first: first.project, project: second.project }
}

describe('the camera of the next tape', () => {
  it('is said to stand where it stood', async () => {
    const { client, project, first } = await twoTapes('same', unmoved)
    const check = await client.call('camera.check', { project, tape: 1 })
    expect(check).toMatchObject({ verdict: 'same', proposal: null, settled: false })
    expect(check?.pixels).toBeLessThan(0.5)
    expect(check?.earlier).toEqual({ name: 'one', project: 'same one' })
    expect(await client.call('camera.check', { project: first, tape: 1 })).toBeNull()
    const error = await rejection(client.call('camera.correct', { project, tape: 1 }))
    expect(error).toMatchObject({ code: 'camera-fixed' })
  })

  it('is left as it is where the user says so, or followed: regions stay on what they were drawn on', async () => {
    const { service, client, project } = await twoTapes('bumped', bumped)
    const before = await client.call('project.state', { project })
    const check = await client.call('camera.check', { project, tape: 1 })
    expect(check).toMatchObject({ verdict: 'moved', obstacle: null, rotationLeft: 0 })
    expect(check?.move.rotation).toBeCloseTo(4, 1)
    expect(check?.move.zoom).toBeCloseTo(1.03, 2)
    expect(check?.move.shift.x).toBeCloseTo(9, 0)
    for (const scene of ['earlier', 'now'] as const) {
      const address = byteAddress.camera({ project, tape: 1 }, scene)
      const answer = await service.bytes(new Request(`http://localhost${address}`))
      expect(answer.headers.get('content-type')).toBe('image/png')
    }
    await client.call('camera.keep', { project, tape: 1 })
    expect(await client.call('camera.check', { project, tape: 1 })).toMatchObject({ settled: true })
    await client.call('camera.correct', { project, tape: 1 })
    const after = await client.call('project.state', { project })
    expect(after.regions[0]?.points).toEqual(before.regions[0]?.points)
    expect(after.recipe?.geometryHash).not.toBe(before.recipe?.geometryHash)
    const corrected = after.recipe?.recipe
    if (!corrected) throw new Error('no recipe')
    const follow = moved(bumped, placeSize)
    for (const [x, y] of points) {
      const [u, v] = follow(...pictureToTape(recipe)(x, y))
      const [p, q] = pictureToTape(corrected)(x, y)
      expect(Math.hypot(u - p, v - q)).toBeLessThan(0.5)
    }
    const again = await client.call('camera.check', { project, tape: 1 })
    expect(again).toMatchObject({ settled: true })
  })

  it('that moved between two tapes of one project asks for a project of its own', async () => {
    const { client, first, project } = await twoTapes('together', bumped)
    await addTape(client, first, bench.at('together', 'two'))
    const check = await client.call('camera.check', { project: first, tape: 2 })
    expect(check).toMatchObject({ verdict: 'moved', earlier: { name: 'one', project: null } })
    expect(check?.obstacle).toMatch(/before the camera moved/)
    const error = await rejection(client.call('camera.correct', { project: first, tape: 2 }))
    expect(error).toMatchObject({ code: 'camera-fixed' })
    await rm(bench.at('together', 'one'), { recursive: true })
    // Nobody can tell any more.
    expect(await client.call('camera.check', { project, tape: 1 })).toBeNull()
  })
})
