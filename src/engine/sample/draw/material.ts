/** @file What surfaces look like: a colour, and a table of textures that vary it. */
import { clamp, mix, smoothstep, type Vector } from '../vector.ts'
import { noise, roughness } from './noise.ts'

/** Reflectance, or light given off, per channel: red, green, blue, linear. */
export type Colour = Vector

export type TextureName =
  | 'plain'
  | 'panel'
  | 'smooth'
  | 'hazard'
  | 'planks'
  | 'carton'
  | 'paint'
  | 'concrete'
  | 'wall'
  | 'ribs'
  | 'ribsUp'
  | 'screen'
  | 'cloth'
  | 'bands'
  | 'checks'
  | 'hair'

export interface Material {
  readonly colour: Colour
  /** The second colour of textures that have one. */
  readonly accent: Colour
  readonly texture: TextureName
  /** Light given off, in units of a white surface under the lamps. */
  readonly glow: number
}

/** A colour as designers write it, '#rrggbb' in sRGB, as linear light (IEC 61966-2-1). */
export function colour(code: string): Colour {
  const channel = (at: number): number => {
    const value = Number.parseInt(code.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

export function material(
  code: string,
  texture: TextureName = 'plain',
  { accent = code, glow = 0 }: { accent?: string; glow?: number } = {},
): Material {
  return { colour: colour(code), accent: colour(accent), texture, glow }
}

/**
 * Colour of a surface at a point in the shape's own coordinates (metres; for a box the origin is
 * in its middle, for the others z runs along the shape from 0).
 */
type Texture = (material: Material, point: Vector, extent: Vector) => Colour

/** Position on the face of a box that a point lies on, and how far it is from the face's edge. */
function onFace([x, y, z]: Vector, [hx, hy, hz]: Vector): { u: number; v: number; edge: number } {
  const gapX = hx - Math.abs(x)
  const gapY = hy - Math.abs(y)
  const gapZ = hz - Math.abs(z)
  if (gapZ <= gapX && gapZ <= gapY) return { u: x, v: y, edge: Math.min(gapX, gapY) }
  if (gapX <= gapY) return { u: y, v: z, edge: Math.min(gapY, gapZ) }
  return { u: x, v: z, edge: Math.min(gapX, gapZ) }
}

const times = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by]

/** 1 on stripes of the given width that repeat every `pitch`, 0 between, soft over a centimetre. */
function stripes(value: number, pitch: number, width: number, soft = 0.01): number {
  const phase = value / pitch - Math.floor(value / pitch)
  const fromMiddle = Math.abs(phase - 0.5) * pitch
  return 1 - smoothstep(width / 2 - soft / 2, width / 2 + soft / 2, fromMiddle)
}

/** Sheet metal that is lighter where its edges are worn and darker in the seams. */
function sheetMetal(base: Material, point: Vector, extent: Vector, pitch: number): Colour {
  const { u, v, edge } = onFace(point, extent)
  const seam = Math.max(stripes(u, pitch, 0.012), stripes(v + 0.11, pitch * 1.3, 0.012))
  const worn = 1 - smoothstep(0.008, 0.03, edge)
  return times(
    base.colour,
    (1 + 0.07 * roughness(u * 5, v * 5, 2)) * (1 - 0.45 * seam) + 0.35 * worn,
  )
}

const textures: Readonly<Record<TextureName, Texture>> = {
  plain: (base, [x, y, z]) => times(base.colour, 1 + 0.06 * noise(x * 9 + z * 7, y * 9 - z * 5)),
  panel: (base, point, extent) => sheetMetal(base, point, extent, 0.62),
  smooth: (base, point, extent) => sheetMetal(base, point, extent, 50),
  hazard: (base, point, extent) => {
    const { u, v } = onFace(point, extent)
    return mix(base.colour, base.accent, stripes(u + v, 0.24, 0.12))
  },
  planks: (base, point, extent) => {
    const { u, v, edge } = onFace(point, extent)
    const board = Math.floor(u / 0.13)
    const tone = 1 + 0.13 * noise(board * 7.1, 3.3) + 0.12 * roughness(u * 40, v * 2.5 + board, 2)
    const worn = 1 - smoothstep(0.005, 0.03, edge)
    return times(base.colour, tone * (1 - 0.6 * stripes(u, 0.13, 0.012)) * (1 - 0.25 * worn))
  },
  carton: (base, point, extent) => {
    const { u, v, edge } = onFace(point, extent)
    const taped = stripes(u + 25, 50, 0.06)
    const label =
      smoothstep(0.02, 0.03, u) * smoothstep(0.02, 0.03, v) * (u < 0.14 && v < 0.1 ? 1 : 0)
    const tone =
      (1 + 0.08 * roughness(u * 6, v * 6, 2)) * (0.72 + 0.28 * smoothstep(0, 0.025, edge))
    return mix(
      mix(times(base.colour, tone), base.accent, 0.45 * taped),
      [0.75, 0.75, 0.72],
      0.9 * label,
    )
  },
  /** Paint on the floor, worn away in patches. */
  paint: (base, [x, y]) => {
    const wear = smoothstep(0.1, 0.75, roughness(x * 2.3 + 4, y * 2.3, 3))
    return mix(times(base.colour, 1 + 0.1 * noise(x * 8, y * 8)), base.accent, 0.7 * wear)
  },
  concrete: (base, [x, y]) => {
    const cloudy = 0.16 * roughness(x * 0.45, y * 0.45, 4) + 0.05 * noise(x * 31, y * 31)
    const stain = smoothstep(0.42, 0.95, roughness(x * 0.33 + 40, y * 0.33 - 12, 3))
    const joint = Math.max(stripes(x, 3, 0.022, 0.02), stripes(y + 1.1, 3, 0.022, 0.02))
    const scuff = smoothstep(0.55, 0.9, roughness(x * 1.1 - 7, y * 7, 2)) * 0.12
    return times(base.colour, (1 + cloudy - scuff) * (1 - 0.3 * stain) * (1 - 0.45 * joint))
  },
  /** Two tones, a dark skirting band below. */
  wall: (base, point, extent) => {
    const { u, v } = onFace(point, extent)
    const height = v + extent[2]
    const tone = 1 + 0.05 * roughness(u * 0.8, v * 0.8, 3) - 0.05 * stripes(u, 1.25, 0.02, 0.02)
    const band = 1 - smoothstep(1.38, 1.42, height)
    const skirting = 1 - 0.6 * (1 - smoothstep(0.1, 0.12, height))
    return times(mix(base.colour, base.accent, band), tone * skirting)
  },
  /** Ribs across the longer side of a face: rollers, grilles, roller shutters. */
  ribs: (base, point, extent) => {
    const { u, v } = onFace(point, extent)
    const along = extent[0] > extent[1] || Math.abs(point[2]) < extent[2] - 1e-3 ? u : v
    return mix(base.accent, base.colour, stripes(along, 0.09, 0.055, 0.02))
  },
  ribsUp: (base, [, , z]) => mix(base.accent, base.colour, stripes(z, 0.16, 0.12, 0.03)),
  /** A control screen: a dark panel with lit fields. */
  screen: (base, point, extent) => {
    const { u, v, edge } = onFace(point, extent)
    const field = noise(Math.floor(u / 0.05) * 3.7, Math.floor(v / 0.035) * 5.1)
    return mix(base.colour, base.accent, edge > 0.02 && field > 0.1 ? 0.9 : 0.05)
  },
  /** Woven cloth that falls in folds along the limb. */
  cloth: (base, [x, y, z]) => {
    const around = Math.atan2(y, x)
    const folds = roughness(around * 1.6 + 3.1 * x, z * 6, 2)
    return times(base.colour, 1 + 0.22 * folds)
  },
  /** Work clothes with two reflecting bands around the body, 0.13 m apart. */
  bands: (base, point) => {
    const z = point[2]
    const band = Math.max(bandAt(z, 0.1), bandAt(z, 0.24))
    return mix(textures.cloth(base, point, point), base.accent, band)
  },
  checks: (base, point) => {
    const [x, y, z] = point
    const lines = 0.5 * stripes(z, 0.09, 0.03) + 0.5 * stripes(x + 0.4 * y, 0.09, 0.03)
    return mix(textures.cloth(base, point, point), base.accent, clamp(lines, 0, 1))
  },
  hair: (base, [x, y, z]) => times(base.colour, 1 + 0.35 * noise(Math.atan2(y, x) * 9, z * 25)),
}

const bandAt = (z: number, middle: number): number =>
  1 - smoothstep(0.025, 0.035, Math.abs(z - middle))

export function colourAt(material: Material, point: Vector, extent: Vector): Colour {
  return textures[material.texture](material, point, extent)
}
