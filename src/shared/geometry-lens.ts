/**
 * @file The fisheye lens and the turned camera inside it, in closed form.
 *
 * The lens's axes: x to the right of the tape, y down, z forward along the optical axis. A view's
 * camera has the same axes, turned by the view's angles.
 */
import type { Lens, View } from './recipe.ts'
import type { Point } from './region.ts'

/** A direction or a homogeneous point. */
export type Vector = readonly [x: number, y: number, z: number]

/** Three rows of a rotation. */
type Rotation = readonly [Vector, Vector, Vector]

const radians = (degrees: number): number => (degrees * Math.PI) / 180

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/**
 * The rotation that takes directions of the view's camera to directions of the lens: roll first,
 * then pitch, then yaw, so that each turns the camera about its own axes in the order yaw, pitch,
 * roll. The camera is rolled anticlockwise, which turns what it sees clockwise.
 */
function cameraToLens({ yaw, pitch, roll }: View): Rotation {
  const [sinYaw, cosYaw] = [Math.sin(radians(yaw)), Math.cos(radians(yaw))]
  const [sinPitch, cosPitch] = [Math.sin(radians(pitch)), Math.cos(radians(pitch))]
  const [sinRoll, cosRoll] = [Math.sin(radians(-roll)), Math.cos(radians(-roll))]
  return [
    [
      cosYaw * cosRoll + sinYaw * sinPitch * sinRoll,
      -cosYaw * sinRoll + sinYaw * sinPitch * cosRoll,
      sinYaw * cosPitch,
    ],
    [cosPitch * sinRoll, cosPitch * cosRoll, -sinPitch],
    [
      -sinYaw * cosRoll + cosYaw * sinPitch * sinRoll,
      sinYaw * sinRoll + cosYaw * sinPitch * cosRoll,
      cosYaw * cosPitch,
    ],
  ]
}

/** Takes directions of the view's camera to directions of the lens. */
export function turnToLens(view: View): (direction: Vector) => Vector {
  const [x, y, z] = cameraToLens(view)
  return (direction) => [dot(x, direction), dot(y, direction), dot(z, direction)]
}

/** Takes directions of the lens to directions of the view's camera: the inverse of `turnToLens`. */
export function turnToCamera(view: View): (direction: Vector) => Vector {
  const [x, y, z] = cameraToLens(view)
  return ([a, b, c]) => [
    x[0] * a + y[0] * b + z[0] * c,
    x[1] * a + y[1] * b + z[1] * c,
    x[2] * a + y[2] * b + z[2] * c,
  ]
}

/** Pixels per radian: in an equidistant lens the distance from the centre is the angle. */
const focalLength = ({ radius, fov }: Lens): number => radius / radians(fov / 2)

/** Where the lens images a direction: at a distance from the centre proportional to the angle. */
export function lensImage(lens: Lens): (direction: Vector) => Point {
  const focal = focalLength(lens)
  return ([x, y, z]) => {
    const sideways = Math.hypot(x, y)
    const perUnit = sideways > 0 ? (focal * Math.atan2(sideways, z)) / sideways : 0
    return [lens.cx + x * perUnit, lens.cy + y * perUnit]
  }
}

/** The unit direction that the lens images at a tape point; null beyond 180° off the axis. */
export function lensDirection(lens: Lens): (x: number, y: number) => Vector | null {
  const focal = focalLength(lens)
  return (x, y) => {
    const [right, down] = [x - lens.cx, y - lens.cy]
    const distance = Math.hypot(right, down)
    const angle = distance / focal
    if (angle >= Math.PI) return null
    const perPixel = distance > 0 ? Math.sin(angle) / distance : 0
    return [right * perPixel, down * perPixel, Math.cos(angle)]
  }
}

/** Half the width and height of the view at distance 1 before the camera. */
export function halfExtent({ hfov, vfov }: View): { x: number; y: number } {
  return { x: Math.tan(radians(hfov / 2)), y: Math.tan(radians(vfov / 2)) }
}

const degrees = (angle: number): number => (angle * 180) / Math.PI
/** Of the pitch; beyond it yaw and roll turn about one axis, and all is given to the roll. */
const straightUp = 1 - 1e-12

/**
 * The view that shows the same when the camera has been turned about its optical axis, by degrees
 * clockwise as seen in the tape.
 */
export function turnedAboutAxis(view: View, clockwise: number): View {
  const [x, y, z] = cameraToLens(view)
  const [sin, cos] = [Math.sin(radians(clockwise)), Math.cos(radians(clockwise))]
  const mixed = (a: Vector, b: Vector, p: number, q: number): Vector => [
    p * a[0] + q * b[0],
    p * a[1] + q * b[1],
    p * a[2] + q * b[2],
  ]
  const [right, down] = [mixed(x, y, cos, -sin), mixed(x, y, sin, cos)]
  const sinPitch = -down[2]
  if (Math.abs(sinPitch) > straightUp) {
    const roll = -degrees(Math.atan2(-right[1], right[0]))
    return { ...view, yaw: 0, pitch: Math.sign(sinPitch) * 90, roll }
  }
  return {
    ...view,
    yaw: degrees(Math.atan2(right[2], z[2])),
    pitch: degrees(Math.asin(sinPitch)),
    roll: -degrees(Math.atan2(down[0], down[1])),
  }
}
