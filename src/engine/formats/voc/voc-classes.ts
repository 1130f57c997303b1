/**
 * @file The classes and colours of the PASCAL VOC challenges,
 * http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/devkit_doc.html
 */

/** The classes by index, as the challenges from 2007 to 2012 have them. */
export const vocClassNames: readonly string[] = [
  'background',
  'aeroplane',
  'bicycle',
  'bird',
  'boat',
  'bottle',
  'bus',
  'car',
  'cat',
  'chair',
  'cow',
  'diningtable',
  'dog',
  'horse',
  'motorbike',
  'person',
  'pottedplant',
  'sheep',
  'sofa',
  'train',
  'tvmonitor',
]

/**
 * The colour of an index, 0xrrggbb, by the rule of the development kit's VOClabelcolormap: the
 * index's bits go to red, green and blue in turn, the lowest to the highest bit of each.
 */
export function vocColour(index: number): number {
  let colour = 0
  for (let bit = 0; bit < 8; bit++) {
    const channelShift = 16 - 8 * (bit % 3)
    const level = 7 - Math.floor(bit / 3)
    colour |= ((index >> bit) & 1) << (channelShift + level)
  }
  return colour
}

/** 0xrrggbb as `#rrggbb`. */
export function colourText(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`
}

/** The palette of VOC's PNG files: the colours of all 256 indices, three bytes each. */
export const vocPalette: Uint8Array = Uint8Array.from({ length: 3 * 256 }, (_, at) => {
  const shift = 16 - 8 * (at % 3)
  return (vocColour(Math.floor(at / 3)) >> shift) & 255
})
