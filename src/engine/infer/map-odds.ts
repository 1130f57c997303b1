/**
 * @file What the bytes of a probability map stand for, as log-odds log(p / (1 - p)). The network's
 * answer was interpolated as logits; interpolated log-odds come some ten times nearer to it than
 * interpolated probabilities.
 */

/**
 * The probability that byte 0 stands for, and 1 minus that of byte 255. What is rounded to them lies
 * between 0 and 1/510; this gave the sums nearest to the exact ones on real footage.
 */
const outermost = 1 / 2040

const logOdds = (p: number): number => Math.log(p / (1 - p))

/** Log-odds of byte 0; those of byte 255 are its negative. */
export const lowestOdds = logOdds(outermost)

/** Log-odds of each byte. */
export const oddsOfByte = Float64Array.from({ length: 256 }, (_, byte) =>
  logOdds(Math.min(Math.max(byte / 255, outermost), 1 - outermost)),
)

/** The probability of log-odds. */
export const probabilityOfOdds = (odds: number): number => 1 / (1 + Math.exp(-odds))
