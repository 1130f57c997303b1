/** @file Finds how far a fixed camera has moved between two pictures of the same place. */
import { type GreyPicture, halved, withoutLight } from './grey-picture.ts'
import { agreement, refined, searched } from './match.ts'
import { enlarged, type Similarity, unmoved } from './similarity.ts'

export interface Alignment {
  /** From the first picture to the second, in their pixels. */
  similarity: Similarity
  /**
   * Correlation of the two pictures, light taken out, where they overlap, -1 … 1: as they are, and
   * when the second is moved back.
   */
  before: number
  after: number
}

/** Longest side of the pictures that are compared, and of those that are searched. */
const largest = 512
const smallest = 64

/** Pictures from the finest, at most `largest` wide and high, to the coarsest. */
function pyramid(picture: GreyPicture): GreyPicture[] {
  const levels: GreyPicture[] = []
  let level = picture
  while (Math.max(level.width, level.height) > largest) level = halved(level)
  for (
    ;
    levels.length === 0 || Math.max(level.width, level.height) >= smallest;
    level = halved(level)
  )
    levels.push(level)
  return levels
}

interface Level {
  first: GreyPicture
  second: GreyPicture
}

function levelsOf(first: GreyPicture, second: GreyPicture): Level[] {
  const others = pyramid(second)
  return pyramid(first).flatMap((picture, i) => {
    const other = others[i]
    return other ? [{ first: withoutLight(picture), second: withoutLight(other) }] : []
  })
}

/** Of movements that agree alike, the first. */
function bestOf({ first, second }: Level, candidates: readonly Similarity[]): Similarity {
  const scored = candidates.map((similarity) => ({
    similarity,
    score: agreement(first, second, similarity),
  }))
  return scored.reduce((a, b) => (b.score > a.score + sameScore ? b : a)).similarity
}

const sameScore = 1e-3

/**
 * Aligns two pictures of one size, brightness 0 … 255: searches all plausible movements in coarse
 * pictures and refines the best in finer and finer ones (Lucas and Kanade 1981, with weights that leave
 * out what differs, such as a cart that went away).
 */
export function align(first: GreyPicture, second: GreyPicture): Alignment {
  const levels = levelsOf(first, second)
  const [finest, coarsest] = [levels[0], levels.at(-1)]
  if (!finest || !coarsest) return { similarity: unmoved, before: 0, after: 0 }
  const candidates = [unmoved, ...searched(coarsest.first, coarsest.second)]
  const nearly = candidates.map((start) => refined(coarsest.first, coarsest.second, start))
  let similarity = bestOf(coarsest, nearly)
  for (const level of levels.slice(0, -1).reverse())
    similarity = refined(level.first, level.second, enlarged(similarity, 2))
  return {
    similarity: enlarged(similarity, first.width / finest.first.width),
    before: agreement(finest.first, finest.second, unmoved),
    after: agreement(finest.first, finest.second, similarity),
  }
}
