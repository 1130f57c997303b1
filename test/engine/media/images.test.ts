import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { indexTape, openReader, probeTape, sameTape } from '../../../src/engine/media/tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { ffmpeg } from './clips.ts'
import { checksumsOf, largestDifference, readList, readShuffled } from './pictures.ts'

const temporary = temporaryFolder()

/** A picture of 24x16 pixels, red to the left and blue to the right, of a brightness. */
function halves(level: number): Sharp {
  const [width, height] = [24, 16]
  const data = Buffer.alloc(width * height * 3)
  for (let i = 0; i < width * height; i++) data[i * 3 + (i % width < 12 ? 0 : 2)] = level
  return sharp(data, { raw: { width, height, channels: 3 } })
}

async function folderOf(name: string, files: Record<string, Sharp>): Promise<string> {
  await mkdir(temporary(name), { recursive: true })
  for (const [file, picture] of Object.entries(files)) await picture.toFile(temporary(name, file))
  return temporary(name)
}

describe('a folder of images', () => {
  it('is a tape whose frames follow the numbers in the names', async () => {
    const folder = await folderOf('natural', {
      'shot 10.png': halves(30),
      'shot 9.png': halves(20),
      'shot 1.png': halves(10),
    })
    await writeFile(temporary('natural', 'notes.txt'), 'not an image')
    await writeFile(temporary('natural', '.shot 2.png'), 'hidden')
    const index = await indexTape(folder)
    expect(index.files).toEqual(['shot 1.png', 'shot 9.png', 'shot 10.png'])
    expect(index.info).toMatchObject({ kind: 'images', width: 24, height: 16 })
    const pictures = await readList(index)
    expect(pictures.map(({ data }) => data[0])).toEqual([10, 20, 30])
    expect(await readShuffled(index)).toEqual(checksumsOf(pictures))
  })

  it('reads every kind of image file to the same pixels', async () => {
    const folder = await folderOf('kinds', {
      'a.png': halves(200),
      'b.tiff': halves(200).tiff({ compression: 'lzw' }),
      'c.webp': halves(200).webp({ lossless: true }),
      'd.JPG': halves(200).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }),
    })
    await ffmpeg('-i', temporary('kinds', 'a.png'), temporary('kinds', 'e.bmp'))
    const pictures = await readList(await indexTape(folder))
    expect(pictures).toHaveLength(5)
    const [png] = pictures
    for (const { data } of pictures)
      expect(largestDifference(data, png?.data ?? data)).toBeLessThanOrEqual(3)
  })

  it('reads grey, transparent and 16-bit images as 8-bit RGB', async () => {
    const grey = sharp(Buffer.alloc(24 * 16, 90), { raw: { width: 24, height: 16, channels: 1 } })
    const folder = await folderOf('depths', {
      '1.png': grey.toColourspace('b-w'),
      '2.png': halves(90).ensureAlpha(0.5),
      '3.png': halves(90).toColourspace('rgb16'),
    })
    const pictures = await readList(await indexTape(folder))
    expect(pictures.map(({ data }) => [...data.subarray(0, 3)])).toEqual([
      [90, 90, 90],
      [90, 0, 0],
      [90, 0, 0],
    ])
  })

  it('applies the orientation that the camera noted', async () => {
    const folder = await folderOf('turned', {
      '1.jpg': halves(200).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }),
    })
    expect(await probeTape(folder)).toMatchObject({ width: 16, height: 24 })
    const [picture] = await readList(await indexTape(folder))
    const [top, bottom] = [picture?.data.subarray(0, 3), picture?.data.subarray(-3)]
    expect(top?.[0]).toBeGreaterThan(180)
    expect(bottom?.[2]).toBeGreaterThan(180)
  })

  it('goes through the filters of a recipe', async () => {
    const folder = await folderOf('filtered', { '1.png': halves(100) })
    const [picture] = await readList(await indexTape(folder), [0], 'crop=4:2:12:0')
    expect([picture?.width, picture?.height, ...(picture?.data.subarray(0, 3) ?? [])]).toEqual([
      4, 2, 0, 0, 100,
    ])
  })

  it('is refused when an image has another size, and names it', async () => {
    const folder = await folderOf('sizes', { '1.png': halves(1), '2.png': halves(2).resize(8, 8) })
    await expect(indexTape(folder)).rejects.toMatchObject({
      code: 'tape-size-differs',
      message: expect.stringMatching(/2\.png in .* is 8x8, .* are 24x16/),
    })
  })

  it('is refused when an image is broken, and names it', async () => {
    const folder = await folderOf('broken', { '1.png': halves(1) })
    await writeFile(temporary('broken', '2.bmp'), 'BM, but no picture')
    await expect(indexTape(folder)).rejects.toMatchObject({
      code: 'tape-unreadable',
      message: expect.stringContaining('2.bmp'),
    })
  })

  it('notices an image that was replaced or removed', async () => {
    const folder = await folderOf('replaced', { '1.png': halves(1), '2.png': halves(2) })
    const index = await indexTape(folder)
    expect(await sameTape(index, folder)).toBe(true)
    await copyFile(temporary('replaced', '1.png'), temporary('replaced', '2.png'))
    await rm(temporary('replaced', '1.png'))
    expect(await sameTape(index, folder)).toBe(false)
    await using reader = await openReader(index.info, index, { filters: '' })
    await expect(reader.read(1)).rejects.toMatchObject({
      code: 'tape-changed',
      message: expect.stringContaining('2.png'),
    })
    await expect(reader.read(0)).rejects.toMatchObject({ code: 'no-such-file' })
  })
})
