/** @file How files of each mode end; apart from what writes them, so that the engine loads no codec. */
import type { SegmentMode } from '../../shared/segment.ts'

/** Photographs are JPEG: as PNG they would be ten times as large. */
export const pictureExtension: Readonly<Record<SegmentMode, '.png' | '.jpg'>> = {
  mask: '.png',
  colour: '.png',
  splash: '.jpg',
  overlay: '.jpg',
}
