/**
 * @file People with face masks, hats, both or neither. Masks and hats are as bright as skin, hair,
 * clothes and what is behind, some brighter, some darker; beards and hair lie where they would.
 */
import type { SetObject } from '../../formats/annotated-set.ts'
import type { Random } from '../../sample/random.ts'
import { type Canvas, developed } from '../drawing/canvas.ts'
import { marked } from '../drawing/curves.ts'
import type { DrawnPicture } from '../types.ts'
import { drawBackdrop } from './backdrop.ts'
import { drawMask } from './face-mask.ts'
import { drawHat } from './hat.ts'
import { drawBody, drawHead, type Person, personAt } from './person.ts'

const maskClass = 1
const hatClass = 2

/** One to three people side by side, so far apart that no hat reaches the next head. */
function placedPeople(random: Random): Person[] {
  const count = random.pick([1, 1, 2, 2, 3])
  const room = 1 / count
  return Array.from({ length: count }, (_, i) => {
    const height = Math.min(0.21, room * 0.34) * random.between(0.72, 1)
    const slack = Math.max(0, room / 2 - height * 1.4)
    const x = (i + 0.5) * room + random.between(-slack, slack)
    return personAt([x, random.between(0.36, 0.52)], height, random)
  })
}

function dressed(canvas: Canvas, person: Person, random: Random): SetObject[] {
  const [wearsMask, wearsHat] = [random.chance(0.6), random.chance(0.55)]
  drawHead(canvas, person, random)
  const mask = wearsMask ? marked(maskClass, drawMask(canvas, person, random), canvas.size) : []
  const hat = wearsHat ? marked(hatClass, drawHat(canvas, person, random), canvas.size) : []
  return [...mask, ...hat]
}

export function drawMasks(random: Random, size: number): Omit<DrawnPicture, 'name' | 'mask'> {
  const canvas = drawBackdrop(size, random)
  const people = placedPeople(random)
  for (const person of people) drawBody(canvas, person, random)
  const objects = people.flatMap((person) => dressed(canvas, person, random))
  return {
    ...{ width: size, height: size },
    pixels: developed(canvas, { grain: random.between(0.008, 0.025) }, random),
    objects,
  }
}
