/** @file A shift in the hall, moment by moment: who and what is where, and in which light. */
import type { Actor } from './draw/actors.ts'
import type { Scenery } from './draw/background.ts'
import type { LightLevels } from './draw/lamps.ts'
import { Cart } from './floor/cart.ts'
import { coatStand, coatsAt } from './floor/coats.ts'
import { hall } from './floor/hall.ts'
import { machines } from './floor/machines.ts'
import { type Obstacle, wallObstacles } from './floor/plan.ts'
import { robotAt } from './floor/robot.ts'
import { latheAt, pressAt } from './floor/running.ts'
import { storage } from './floor/storage.ts'
import { chairAt, palletLoadAt, parcelsAt } from './floor/traces.ts'
import { Weather } from './floor/weather.ts'
import { Crew } from './people/crew.ts'
import { walkways } from './people/route.ts'
import type { Random } from './random.ts'

const furniture = [...machines(), ...storage(), coatStand()]

/** Everything that people have to walk around. */
export const obstacles: readonly Obstacle[] = [
  ...wallObstacles,
  ...furniture.flatMap((piece) => piece.obstacles),
]

/** What stands still. */
export const scenery = (): Scenery => ({
  hall: hall(),
  furniture: furniture.map(({ shapes }) => shapes),
})

export interface Moment {
  actors: Actor[]
  levels: LightLevels
}

/** Goes on by one frame with every call; the same seed gives the same shift. */
export function shift(random: Random, framesPerSecond: number): () => Moment {
  const crew = new Crew(random.fork(), walkways(obstacles))
  const weather = new Weather(random.fork())
  const cart = new Cart(random.between(0.3, 0.6))
  const machineTime = random.between(0, 15)
  let frame = 0
  return () => {
    const moment = 1 / framesPerSecond
    const seconds = frame++ * moment
    weather.step(moment)
    cart.step(moment, crew.neighbours)
    crew.step(moment, [cart])
    return {
      levels: weather.levels,
      actors: [
        robotAt(seconds + machineTime),
        pressAt(seconds + machineTime),
        latheAt(seconds + machineTime),
        cart.actor(),
        coatsAt(seconds, crew.visitsTo('bench')),
        parcelsAt(crew.visitsTo('packing table')),
        palletLoadAt(crew.visitsTo('pallet')),
        chairAt(crew.visitsTo('inspection')),
        ...crew.actors(),
      ],
    }
  }
}
