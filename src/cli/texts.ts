/** @file Sentences about tapes and recipes that several commands print. */
import type { TapeFields } from '../engine/jobs/project-info.ts'
import type { Recipe } from '../shared/recipe.ts'

/** `tape 1: 740 frames, 1024x1024, 25/s, h264, /tapes/hall.mp4` */
export function tapeText({ id, frames, width, height, fps, codec, path }: TapeFields): string {
  const rate = Number(fps.toFixed(3))
  return `tape ${id}: ${frames} frames, ${width}x${height}, ${rate}/s, ${codec}, ${path}`
}

/** `500x500, lens at 512,512 radius 512 (180°), view 0,0,0 110°x110°` */
export function recipeText({ lens, view, crop, size }: Recipe): string {
  const number = (value: number) => Number(value.toFixed(2))
  const parts = [`${size.width}x${size.height}`]
  if (lens)
    parts.push(
      `lens at ${number(lens.cx)},${number(lens.cy)} radius ${number(lens.radius)} (${lens.fov}°)`,
    )
  if (view)
    parts.push(
      `view ${number(view.yaw)},${number(view.pitch)},${number(view.roll)} ` +
        `${number(view.hfov)}°x${number(view.vfov)}°`,
    )
  if (crop) parts.push(`crop ${crop.x},${crop.y},${crop.width},${crop.height}`)
  return parts.join(', ')
}
