/** @file Masks as files: palette PNGs whose indices are the class indices, marked as our own. */
import { type ClassMask, ignoreIndex, type MaskClass } from '../../shared/mask.ts'
import { formatMarker, markerKeyword } from './mask-marker.ts'
import { encodePalettePng } from './palette-png.ts'

const ignoreColour = '#ffffff'

/** 256 colours: those of the classes, white for ignore, black for indices without a class. */
function paletteOf(classes: readonly MaskClass[]): Uint8Array {
  const palette = Buffer.alloc(3 * 256)
  for (const { index, colour } of [...classes, { index: ignoreIndex, colour: ignoreColour }])
    palette.write(colour.slice(1), 3 * index, 'hex')
  return palette
}

/**
 * A mask as a PNG file. `geometry` is the hash of the recipe whose pixels these are, null for tape
 * pixels. `readMask` reads back the same mask, also in a project that numbers its classes
 * differently.
 */
export async function encodeMask(
  mask: ClassMask,
  classes: readonly MaskClass[],
  geometry: string | null,
): Promise<Buffer> {
  const marker = `${markerKeyword}\0${formatMarker(classes, geometry)}`
  return encodePalettePng(mask, paletteOf(classes), [
    { type: 'tEXt', data: Buffer.from(marker, 'latin1') },
  ])
}
