/** @file In words, how a camera has moved. */
import type { CameraCheck } from '../../../shared/contract/camera.ts'

/** Movements below these are not worth words: pixels, degrees, parts. */
const least = { pixels: 0.5, degrees: 0.1, zoom: 0.002 }

function shiftText({ x, y }: CameraCheck['move']['shift']): string[] {
  const across =
    Math.abs(x) < least.pixels ? [] : [`${pixels(x)} to the ${x > 0 ? 'right' : 'left'}`]
  const along = Math.abs(y) < least.pixels ? [] : [`${pixels(y)} ${y > 0 ? 'down' : 'up'}`]
  return [...across, ...along]
}

function pixels(value: number): string {
  const rounded = Math.max(1, Math.round(Math.abs(value)))
  return `${rounded} ${rounded === 1 ? 'pixel' : 'pixels'}`
}

/** `9 pixels to the right, 6 pixels up, turned by 4.0° clockwise, 3.0 % larger` */
export function moveText({ shift, rotation, zoom }: CameraCheck['move']): string {
  const turned = `turned by ${Math.abs(rotation).toFixed(1)}° ${rotation > 0 ? 'clockwise' : 'anticlockwise'}`
  const scaled = `${Math.abs(100 * (zoom - 1)).toFixed(1)} % ${zoom > 1 ? 'larger' : 'smaller'}`
  const parts = [
    ...shiftText(shift),
    ...(Math.abs(rotation) < least.degrees ? [] : [turned]),
    ...(Math.abs(zoom - 1) < least.zoom ? [] : [scaled]),
  ]
  return parts.length > 0 ? parts.join(', ') : 'by less than a pixel'
}

/** The sentence of the banner; null where there is nothing to say. */
export function verdictText({ verdict, earlier, move, settled }: CameraCheck): string | null {
  if (settled || verdict === 'same') return null
  const tape = earlier.project === null ? earlier.name : `${earlier.name} of “${earlier.project}”`
  if (verdict === 'unclear')
    return `This tape does not look like ${tape}: nobody can tell whether the camera has moved. Look whether the regions still lie where they should.`
  return `The camera has moved since ${tape}: ${moveText(move)}. The regions would not lie where they should.`
}
