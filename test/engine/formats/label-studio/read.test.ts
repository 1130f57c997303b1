import { describe, expect, it } from 'vitest'
import { brushOfRaster } from '../../../../src/engine/formats/label-studio/brush-runs.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { isInside } from '../../../../src/shared/polygon.ts'
import polygons from '../../../fixtures/formats/label-studio/polygons.json' with { type: 'json' }
import { readTasks as readIn, region, task } from '../../../fixtures/formats/label-studio.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0
const readTasks = (tasks: unknown, pictures: readonly string[] = []) =>
  readIn(temporary(`${written++}`), tasks, pictures)

/** The one object of a task with this result. */
async function drawn(result: object) {
  const { images, problems } = await readTasks([task([result])])
  expect(problems).toEqual([])
  const object = images[0]?.objects[0]
  if (!object) throw new Error('an object was expected')
  return object
}
describe('an export in the tests of label-studio-converter', () => {
  it('has its polygon, by the pixels whose centres lie in it', async () => {
    const { set, images, problems } = await readTasks(polygons)
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'Airplane'])
    expect(images[0]).toMatchObject({ name: '000000000025.jpg', width: 640, height: 426 })
    const points = polygons[0]?.annotations[0]?.result[0]?.value.points.map(
      ([x = 0, y = 0]): [number, number] => [x * 6.4, y * 4.26],
    )
    // All of it is to the right of column 380 and above row 360.
    let inside = 0
    for (let y = 0.5; y < 360; y++)
      for (let x = 380.5; x < 640; x++) if (isInside(points ?? [], [x, y])) inside++
    const [airplane] = images[0]?.objects ?? []
    expect(inside).toBeGreaterThan(19_000)
    expect(airplane && rasterArea(airplane.raster)).toBe(inside)
    expect(problems.map(({ why }) => why)).toEqual(['1 choices left out: they mark no pixels'])
  })
})

describe('a region of Label Studio', () => {
  it('is a rectangle in per cent of the sides', async () => {
    const object = await drawn(
      region('rectanglelabels', { x: 10, y: 20, width: 30, height: 40, rotation: 0 }),
    )
    expect(object).toMatchObject({
      boxOnly: true,
      box: { x: 10, y: 10, width: 30, height: 20 },
      raster: { x: 10, y: 10, width: 30, height: 20 },
    })
  })

  it('is turned clockwise around the upper left corner when it is a rectangle', async () => {
    const { raster, boxOnly } = await drawn(
      region('rectanglelabels', { x: 50, y: 20, width: 20, height: 20, rotation: 90 }),
    )
    expect(boxOnly).toBe(true)
    expect(raster).toMatchObject({ x: 40, y: 10, width: 10, height: 20 })
  })

  it('is an ellipse around its centre', async () => {
    const value = { x: 50, y: 50, radiusX: 20, radiusY: 20 }
    const { raster } = await drawn(region('ellipselabels', { ...value, rotation: 0 }))
    expect(raster).toMatchObject({ x: 30, y: 15, width: 40, height: 20 })
    const turned = await drawn(region('ellipselabels', { ...value, rotation: 90 }))
    expect(turned.raster).toMatchObject({ x: 40, y: 5, width: 20, height: 40 })
  })

  it('is what a brush painted', async () => {
    const raster = { x: 3, y: 4, width: 2, height: 2, data: Uint8Array.from([1, 0, 1, 1]) }
    const rle = brushOfRaster(raster, { width: 100, height: 50 })
    expect((await drawn(region('brushlabels', { format: 'rle', rle }))).raster).toEqual(raster)
  })

  it('has its label in a result of its own where the control has <Labels>', async () => {
    const value = { x: 0, y: 0, width: 10, height: 10, rotation: 0 }
    const { images, problems } = await readTasks([
      task([
        { ...region('rectangle', {}), value },
        { ...region('labels', {}), value: { ...value, labels: ['bus'] } },
      ]),
    ])
    expect(problems).toEqual([])
    expect(images[0]?.objects).toHaveLength(1)
    expect(images[0]?.objects[0]?.raster).toMatchObject({ width: 10, height: 5 })
  })
})
