import { vocClasses } from './voc.ts'

/** Names for the classes of so many channels, when nobody has named them. */
export function classNames(channels: number): string[] {
  if (channels === 1) return ['person']
  if (channels === 2) return ['background', 'person']
  if (channels === vocClasses.length) return [...vocClasses]
  return Array.from({ length: channels }, (_, i) => `class${i}`)
}
