/** @file Colours of regions that stay apart for colour-blind readers, on paper and in the dark. */

/**
 * After Okabe and Ito (https://jfly.uni-koeln.de/color/), with the light ones darkened until each
 * has a contrast of 3:1 against the white and the black of the report.
 */
const palette = [
  '#2478bd',
  '#d55e00',
  '#0a9a72',
  '#c4699d',
  '#b98200',
  '#3a97cf',
  '#8c6cc9',
  '#8a8f98',
] as const

/** The colour of the region at `index`: its own, otherwise the next of the palette. */
export function regionColour(own: string | null, index: number): string {
  return own ?? palette[index % palette.length] ?? palette[0]
}
