/** @file Projects to measure the page with. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { createProject } from '../../src/engine/db/project.ts'
import { setRecipe } from '../../src/engine/db/recipes.ts'
import { addSource } from '../../src/engine/db/sources.ts'
import { createFromTape } from '../../src/engine/jobs/create-project.ts'
import { recipeSchema, type Size } from '../../src/shared/recipe.ts'
import { madeUpTape } from '../../test/fixtures/made-up-tape.ts'

/** A folder of plain pictures, which is a tape. */
async function writePictures(folder: string, size: Size, frames: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (let frame = 0; frame < frames; frame++) {
    const background = { r: 90, g: 10 * (frame % 25), b: 110 }
    const name = `${String(frame).padStart(3, '0')}.jpg`
    await sharp({ create: { ...size, channels: 3, background } }).toFile(join(folder, name))
  }
  return folder
}

/** A project of a few real frames of a size, which its recipe leaves as they are. */
export async function pictureProject(folder: string, size: Size, frames: number): Promise<string> {
  const name = `${size.width}`
  const tape = await writePictures(join(folder, `${name}-frames`), size, frames)
  const path = join(folder, `${name}.maskbench`)
  await using engine = await createFromTape(path, { tapes: [tape], recipe: {} }, {})
  return engine.project.dir
}

/** A project whose tape is an index only: as many frames as one likes, and no picture. */
export function longProject(folder: string, frames: number): string {
  const path = join(folder, `${frames}.maskbench`)
  const size = { width: 1024, height: 1024 }
  const project = createProject(path)
  addSource(project, madeUpTape(frames), null)
  setRecipe(project, recipeSchema.parse({ crop: { x: 0, y: 0, ...size }, size }))
  project.close()
  return path
}
