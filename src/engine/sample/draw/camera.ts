/** @file The ceiling camera: an equidistant fisheye lens that looks straight down. */
import type { Vector } from '../vector.ts'

/** Pixels are those of the tape; pixel centres are at (i + 0.5). */
export interface Camera {
  /** Width and height of the picture. */
  size: number
  cx: number
  cy: number
  /** Of the image circle, which holds the half sphere below the lens. */
  radius: number
  /** Pixels per radian: in an equidistant lens the distance from the centre is the angle. */
  focal: number
  position: Vector
}

export const fieldOfViewDegrees = 180

/** The lens sits a little off the sensor's middle, as lenses do. */
export function ceilingCamera(size: number): Camera {
  const radius = 0.488 * size
  const halfField = (fieldOfViewDegrees / 2) * (Math.PI / 180)
  return {
    size,
    cx: 0.504 * size,
    cy: 0.4965 * size,
    radius,
    focal: radius / halfField,
    position: [0, 0, 4],
  }
}

/** Where a point of the room lies in the picture. */
export function project(camera: Camera, point: Vector): { x: number; y: number; angle: number } {
  const [x, y, z] = camera.position
  const right = point[0] - x
  const up = point[1] - y
  const sideways = Math.hypot(right, up)
  const angle = Math.atan2(sideways, z - point[2])
  const pixels = sideways > 1e-9 ? (camera.focal * angle) / sideways : 0
  return { x: camera.cx + right * pixels, y: camera.cy - up * pixels, angle }
}

/** Samples per pixel along each side: four per pixel decide coverage and soften edges. */
export const samplesPerSide = 2
export const samplesPerPixel = samplesPerSide ** 2

/**
 * Unit directions of all samples, `[samples, samples, 3]` row by row. Outside the image circle
 * they are zero.
 */
export function sampleDirections(camera: Camera): Float32Array {
  const samples = camera.size * samplesPerSide
  const directions = new Float32Array(samples * samples * 3)
  for (let row = 0, at = 0; row < samples; row++) {
    const up = (camera.cy - (row + 0.5) / samplesPerSide) / camera.focal
    for (let column = 0; column < samples; column++, at += 3) {
      const right = ((column + 0.5) / samplesPerSide - camera.cx) / camera.focal
      const angle = Math.hypot(right, up)
      if (angle > Math.PI / 2) continue
      const sideways = angle > 1e-9 ? Math.sin(angle) / angle : 1
      directions[at] = right * sideways
      directions[at + 1] = up * sideways
      directions[at + 2] = -Math.cos(angle)
    }
  }
  return directions
}
