/** @file The looks at a picture whose answers are put together: its pieces, in several sizes, mirrored. */
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Look } from '../../shared/segment.ts'
import { nearestInput } from '../models/input-size.ts'
import type { ModelDescription } from '../models/types.ts'

/** A piece of the picture as the network is shown it. */
export interface View extends Size {
  /** Of the piece's upper left corner in the picture. */
  x: number
  y: number
  isMirrored: boolean
  /** Size of the network's input for it. */
  input: Size
}

/** More looks at one picture than anybody waits for are a mistake in the settings. */
const mostViews = 4096

/** Where windows of a side begin: evenly apart, the last one at the picture's edge. */
export function windowStarts(length: number, side: number, overlap: number): number[] {
  if (side >= length) return [0]
  const step = Math.max(1, Math.round(side * (1 - overlap)))
  const count = Math.ceil((length - side) / step) + 1
  return Array.from({ length: count }, (_, i) => Math.min(i * step, length - side))
}

function piecesOf(size: Size, { window, overlap }: Look): (Size & { x: number; y: number })[] {
  if (!window) return [{ x: 0, y: 0, ...size }]
  const width = Math.min(window.width, size.width)
  const height = Math.min(window.height, size.height)
  return windowStarts(size.height, height, overlap).flatMap((y) =>
    windowStarts(size.width, width, overlap).map((x) => ({ x, y, width, height })),
  )
}

/**
 * Throws `unsupported-model` where a network whose input has one size is to look in several, or, with
 * an empty scene in it, at anything but the whole picture.
 */
export function requireLook(
  { id, input }: Pick<ModelDescription, 'id' | 'input'>,
  hasScene: boolean,
  look: Look,
): void {
  const isFixed = input.width !== null || input.height !== null
  const wanted = [
    ...(look.scales.some((scale) => scale !== 1) ? ['other scales'] : []),
    ...(hasScene && look.window ? ['a sliding window'] : []),
    ...(hasScene && look.flip ? ['mirrored pictures'] : []),
    ...(hasScene && look.crop ? ['a part of the picture'] : []),
  ]
  if (wanted.length === 0 || !(isFixed || hasScene)) return
  const why = hasScene
    ? 'it holds the empty scene of its camera, whose place and size are fixed'
    : `its input is ${input.width}x${input.height} and no other size`
  throw new AppError(
    'unsupported-model',
    `the network ${id} takes no ${wanted.join(', no ')}: ${why}`,
    'Let it look at whole pictures once, or use another network.',
  )
}

/**
 * The looks at a picture of this size, and the sizes at which the network is shown them; `inputOf` is
 * that of its input for a whole picture or a window, at a scale of 1.
 * @throws AppError `bad-value` for too many windows, and what `inputOf` throws
 */
export function viewsOf(
  description: ModelDescription,
  size: Size,
  look: Look,
  inputOf: (piece: Size) => Size,
): View[] {
  const pieces = piecesOf(size, look)
  const mirrored = look.flip ? [false, true] : [false]
  const count = pieces.length * look.scales.length * mirrored.length
  if (count > mostViews)
    throw new AppError(
      'bad-value',
      `a picture of ${size.width}x${size.height} would be looked at ${count} times, ${mostViews} at most were expected`,
      'Choose a larger window or less overlap.',
    )
  return look.scales.flatMap((scale) =>
    pieces.flatMap((piece) => {
      const base = inputOf(piece)
      const scaled = { width: base.width * scale, height: base.height * scale }
      const input = scale === 1 ? base : nearestInput(description, scaled)
      return mirrored.map((isMirrored) => ({ ...piece, isMirrored, input }))
    }),
  )
}

/** The bytes of a piece of a picture, `[height, width, 3]`; those of the picture where it is all of it. */
export function pieceOf(picture: Uint8Array, { width }: Size, view: View): Uint8Array {
  const rowBytes = 3 * view.width
  const isWhole = picture.length === rowBytes * view.height
  if (isWhole && !view.isMirrored) return picture
  const piece = new Uint8Array(rowBytes * view.height)
  for (let y = 0; y < view.height; y++) {
    const from = 3 * ((view.y + y) * width + view.x)
    const row = picture.subarray(from, from + rowBytes)
    if (!view.isMirrored) piece.set(row, y * rowBytes)
    else
      for (let x = 0, at = y * rowBytes; x < view.width; x++, at += 3) {
        const source = rowBytes - 3 * (x + 1)
        piece[at] = row[source] ?? 0
        piece[at + 1] = row[source + 1] ?? 0
        piece[at + 2] = row[source + 2] ?? 0
      }
  }
  return piece
}
