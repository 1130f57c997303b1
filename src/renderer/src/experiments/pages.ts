/** @file The pages of the Experiments screen. */

export const pages = [
  { value: 'experiments', text: 'Experiments' },
  { value: 'augmentation', text: 'Augmentation' },
  { value: 'segment', text: 'Look at pictures' },
  { value: 'compare', text: 'Compare networks' },
] as const

export type PageName = (typeof pages)[number]['value']
