/** @file Very many very small pictures with masks, drawn once: a folder of each. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { writePngChunks } from '../src/engine/formats/png-chunks.ts'
import { type Random, randomFrom } from '../src/engine/sample/random.ts'

const side = 64
/** Class of each value of the masks. */
const classes = 'index,name\n0,background\n1,disc\n2,square\n3,stripe\n'

/** An 8-bit grey PNG. */
function greyPng(pixels: Uint8Array): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 8
  const rows = new Uint8Array(side * (side + 1))
  for (let y = 0; y < side; y++)
    rows.set(pixels.subarray(y * side, (y + 1) * side), y * (side + 1) + 1)
  return writePngChunks([
    { type: 'IHDR', data: header },
    { type: 'IDAT', data: deflateSync(rows, { level: 1 }) },
  ])
}

function draw(random: Random): { picture: Buffer; mask: Buffer } {
  const mask = new Uint8Array(side * side)
  const picture = new Uint8Array(side * side)
  const [cx, cy, radius] = [random.below(side), random.below(side), random.between(3, 20)]
  const [left, top, width] = [random.below(side), random.below(side), random.between(2, 24)]
  const stripe = random.chance(0.2) ? random.below(side) : -9
  for (let at = 0; at < mask.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)]
    if ((x - cx) ** 2 + (y - cy) ** 2 < radius ** 2) mask[at] = 1
    if (x >= left && x < left + width && y >= top && y < top + width) mask[at] = 2
    if (Math.abs(y - stripe) < 2) mask[at] = 3
    picture[at] = 40 + 50 * (mask[at] ?? 0) + random.below(30)
  }
  return { picture: greyPng(picture), mask: greyPng(mask) }
}

/** The folder of the set; drawn when it is not there. */
export async function tinySet(folder: string, images: number): Promise<string> {
  const target = join(folder, `maskbench-tiny-${images}`)
  if (existsSync(target)) return target
  const part = `${target}.part`
  await rm(part, { recursive: true, force: true })
  for (const kind of ['images', 'masks']) await mkdir(join(part, kind), { recursive: true })
  await writeFile(join(part, 'classes.csv'), classes)
  const random = randomFrom(1)
  for (let i = 0; i < images; i++) {
    const name = `${String(i).padStart(6, '0')}.png`
    const { picture, mask } = draw(random.fork())
    await writeFile(join(part, 'images', name), picture)
    await writeFile(join(part, 'masks', name), mask)
  }
  await rename(part, target)
  return target
}
