/** @file Who the people are: build, clothes, hair and walk, drawn by chance. */
import { type Material, material } from '../draw/material.ts'
import type { Random } from '../random.ts'
import type { Gait } from './gait.ts'

export type Headwear = 'none' | 'helmet' | 'cap'

export interface Outfit {
  /** Metres. */
  stature: number
  /** Width of the trunk, 1 = slim. */
  girth: number
  skin: Material
  hair: Material
  longHair: boolean
  headwear: Headwear
  hat: Material
  top: Material
  sleeves: Material
  trousers: Material
  shoes: Material
  gloves: Material | null
  gait: Gait
}

const skins = ['#f0c8a8', '#e2b08c', '#c98f68', '#8d5a3c', '#5d3a28'].map((code) => material(code))
const hairs = ['#1c1714', '#3b2a1e', '#6b4a2b', '#a9854f', '#8c8a86'].map((code) =>
  material(code, 'hair'),
)
const hats = ['#e8c21a', '#e9e9e4', '#2362b0', '#c23a22'].map((code) => material(code, 'smooth'))
const trousers = ['#2b3a55', '#6f7376', '#8a8474', '#33373d', '#5f7186'].map((code) =>
  material(code, 'cloth'),
)
const shoes = ['#1d1b1a', '#4a3324', '#2d3038'].map((code) => material(code))
const gloves = ['#c9c2a8', '#35383b'].map((code) => material(code))

/** Tops with the sleeves that go with them; a null sleeve is bare skin below the elbow. */
const tops: readonly { top: Material; sleeves: Material | null }[] = [
  ['#d7e04a', 'bands', '#c9ced0', '#2e4663'],
  ['#8b9093', 'cloth', '#8b9093', '#8b9093'],
  ['#8e3b34', 'checks', '#2a2320', '#8e3b34'],
  ['#35557f', 'cloth', '#35557f', '#35557f'],
  ['#ea7320', 'bands', '#c9ced0', '#3c4148'],
  ['#b5a888', 'cloth', '#b5a888', '#b5a888'],
  ['#3f6b52', 'checks', '#c4c9b2', '#3f6b52'],
  ['#8fa8bd', 'cloth', '#8fa8bd', null],
  ['#d9d7d0', 'cloth', '#d9d7d0', null],
  ['#26282d', 'cloth', '#26282d', null],
].map(([top, texture, accent, sleeves]) => ({
  top: material(`${top}`, texture === 'bands' || texture === 'checks' ? texture : 'cloth', {
    accent: `${accent}`,
  }),
  sleeves: sleeves ? material(sleeves, 'cloth') : null,
}))

/** A person; `index` deals the tops so that people in the hall at the same time differ. */
export function drawOutfit(random: Random, index: number): Outfit {
  const { top, sleeves } = tops[index % tops.length] ?? random.pick(tops)
  const skin = random.pick(skins)
  const stature = random.between(1.62, 1.9)
  return {
    stature,
    girth: random.between(0.95, 1.3),
    skin,
    hair: random.pick(hairs),
    longHair: random.chance(0.3),
    headwear: random.pick(['none', 'none', 'helmet', 'cap'] as const),
    hat: random.pick(hats),
    top,
    sleeves: sleeves ?? skin,
    trousers: random.pick(trousers),
    shoes: random.pick(shoes),
    gloves: random.chance(0.3) ? random.pick(gloves) : null,
    gait: {
      speed: random.between(1.15, 1.6),
      step: random.between(0.36, 0.44),
      armSwing: random.between(0.3, 0.7),
      lean: random.between(0, 0.12),
      stance: random.between(0.08, 0.13),
      sway: random.between(0.01, 0.035),
    },
  }
}
