/** @file Writes a set as one mask picture an image. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parse } from 'node:path/posix'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import type { ClassMask } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../annotated-set.ts'
import { pathWithin } from '../picture-files.ts'
import { maskOfImage } from '../shapes/compose.ts'

/** Writes a file into a folder that may not be there yet. */
export async function writeInto(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  } catch (error) {
    throw toAppError(error, path)
  }
}

/**
 * Gives every image a name for its mask: that of the picture with `.png`, or the whole name with
 * `.png` where two pictures differ in their ending only.
 */
export function maskNamer(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const { dir, name: stem } = parse(name)
    const short = `${dir === '' ? '' : `${dir}/`}${stem}.png`
    const chosen = taken.has(short.toLowerCase()) ? `${name}.png` : short
    taken.add(chosen.toLowerCase())
    return chosen
  }
}

/** The name of an image below the folder of its split. */
export function nameInSplit({ name, split }: Pick<AnnotatedImage, 'name' | 'split'>): string {
  return split === null || name.startsWith(`${split}/`) ? name : `${split}/${name}`
}

export interface MaskTarget {
  /** Where masks go. */
  folder: string
  encode(mask: ClassMask): Promise<Uint8Array>
  /** What else is written of each image, under the name that its mask has been made of. */
  also?(image: AnnotatedImage, name: string): Promise<number>
}

/**
 * Writes the masks of all annotated images; returns how many, and how many files with those that
 * `also` wrote. Images with a problem are passed over: their problem was named when they were read.
 * @throws AppError `bad-dataset` for a name that leads out of the folder, `disk-full`, `cancelled`
 */
export async function writeMaskSet(
  set: AnnotatedSet,
  target: MaskTarget,
  work: LongWork,
): Promise<{ images: number; files: number }> {
  const progress = progressMeter('write', set.count, 'images', work.onProgress)
  const maskName = maskNamer()
  let [seen, images, files] = [0, 0, 0]
  for await (const image of set.read({ signal: work.signal })) {
    throwIfCancelled(work.signal, 'writing masks')
    progress(++seen)
    if ('why' in image || !image.annotated) continue
    const name = nameInSplit(image)
    const mask = pathWithin(target.folder, maskName(name))
    await writeInto(mask, await target.encode(maskOfImage(image)))
    files += 1 + ((await target.also?.(image, name)) ?? 0)
    images += 1
  }
  return { images, files }
}
