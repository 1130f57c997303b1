/** @file How many decimals a number has to be shown with. */

const most = 10

/** As many as its first two digits need: 0.0003 → 5, 240 → 0. */
export function decimalsOf(value: number): number {
  if (!(value > 0)) return 0
  return Math.min(most, Math.max(0, 1 - Math.floor(Math.log10(value))))
}
