/** @file Plane maps from a pixel of the result to the place of the source that it shows. */

/** (x, y) → (xx·x + xy·y + x0, yx·x + yy·y + y0), in pixels; the centre of pixel (i, j) is (i + 0.5, j + 0.5). */
export interface Affine {
  xx: number
  xy: number
  x0: number
  yx: number
  yy: number
  y0: number
}

export const identity: Affine = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 }

/** First `first`, then `second`. */
export function compose(first: Affine, second: Affine): Affine {
  return {
    xx: second.xx * first.xx + second.xy * first.yx,
    xy: second.xx * first.xy + second.xy * first.yy,
    x0: second.xx * first.x0 + second.xy * first.y0 + second.x0,
    yx: second.yx * first.xx + second.yy * first.yx,
    yy: second.yx * first.xy + second.yy * first.yy,
    y0: second.yx * first.x0 + second.yy * first.y0 + second.y0,
  }
}

/** The way back. Every map here magnifies by more than nothing, so there is one. */
export function invert({ xx, xy, x0, yx, yy, y0 }: Affine): Affine {
  const scale = 1 / (xx * yy - xy * yx)
  return {
    xx: yy * scale,
    xy: -xy * scale,
    x0: (xy * y0 - yy * x0) * scale,
    yx: -yx * scale,
    yy: xx * scale,
    y0: (yx * x0 - xx * y0) * scale,
  }
}

/** Moves by (x, y). */
export function shift(x: number, y: number): Affine {
  return { ...identity, x0: x, y0: y }
}

/** Multiplies x and y. */
export function stretch(x: number, y: number): Affine {
  return { ...identity, xx: x, yy: y }
}

/** Turns by an angle in degrees, clockwise in a picture whose y points down. */
export function turn(degrees: number): Affine {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  return { xx: cos, xy: -sin, x0: 0, yx: sin, yy: cos, y0: 0 }
}
