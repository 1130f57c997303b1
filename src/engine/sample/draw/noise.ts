/** @file Smooth irregularity for surfaces: value noise on a lattice, -1 to 1. */
import { hash } from '../random.ts'

const lattice = (x: number, y: number): number => hash(x, y) / 2147483648 - 1

/** Value noise with smooth interpolation; features are about one unit wide. */
export function noise(x: number, y: number): number {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const u = x - x0
  const v = y - y0
  const su = u * u * (3 - 2 * u)
  const sv = v * v * (3 - 2 * v)
  const low = lattice(x0, y0) * (1 - su) + lattice(x0 + 1, y0) * su
  const high = lattice(x0, y0 + 1) * (1 - su) + lattice(x0 + 1, y0 + 1) * su
  return low * (1 - sv) + high * sv
}

/** Octaves of noise, each twice as fine and half as strong as the one before. */
export function roughness(x: number, y: number, octaves: number): number {
  let sum = 0
  for (let octave = 0, size = 1; octave < octaves; octave++, size *= 2)
    sum += noise(x * size + 17.3 * octave, y * size - 9.7 * octave) / size
  return sum
}
