/** @file The columns of a comparison, the same in every form it is written in. */
import type { ComparedNetwork, Comparison } from '../../shared/contract/compare.ts'

/** A cell as text; a dash where there is no value. */
export type Column = { title: string; cell(network: ComparedNetwork): string }

const none = '–'
const fixed = (value: number | null | undefined, digits: number): string =>
  value === null || value === undefined ? none : value.toFixed(digits)

/** Three digits that count: `233`, `58.6`, `2.09`. */
function threeDigits(value: number | null): string {
  if (value === null) return none
  return value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)
}

export const columns: readonly Column[] = [
  { title: 'network', cell: ({ id }) => id },
  { title: 'mIoU', cell: ({ accuracy }) => fixed(accuracy?.meanIou, 3) },
  { title: 'pixels right', cell: ({ accuracy }) => fixed(accuracy?.pixelAccuracy, 3) },
  { title: 'parameters, M', cell: ({ parameters }) => threeDigits(parameters / 1e6) },
  { title: 'GFLOPs', cell: ({ gflops }) => threeDigits(gflops) },
  { title: 'input', cell: ({ input }) => `${input.width}x${input.height}` },
  { title: 'ms per picture', cell: ({ secondsPerImage }) => threeDigits(1000 * secondsPerImage) },
  { title: 'memory, MB', cell: ({ peakBytes }) => (peakBytes / 1e6).toFixed(0) },
  { title: 's per epoch', cell: ({ secondsPerEpoch }) => threeDigits(secondsPerEpoch) },
]

/** The classes that a network has a score in, in which they differ from each other. */
export function scoredClasses({ classes, networks }: Comparison): { name: string; at: number }[] {
  return classes
    .map(({ name }, at) => ({ name, at }))
    .filter(({ at }) => networks.some(({ accuracy }) => (accuracy?.classIou[at] ?? null) !== null))
}

/** The IoU of a class of a network as text. */
export function classIouText({ accuracy }: ComparedNetwork, at: number): string {
  return fixed(accuracy?.classIou[at], 3)
}

/** What has to be known of some networks, such as why they have no accuracy. */
export function notes({ networks }: Comparison): string[] {
  return networks.flatMap(({ id, note }) => (note === null ? [] : [`${id}: ${note}`]))
}

/** What was compared on what, in a sentence. */
export function subject({ sets, split, networks, machine }: Comparison): string {
  const part = split === null ? '' : `, part ${split}`
  const images = Math.max(0, ...networks.map(({ accuracy }) => accuracy?.images ?? 0))
  const pictures = images > 0 ? `${images} pictures of ` : ''
  return `${pictures}${sets.join(', ')}${part}; ${machine.processor}, ${machine.threads} threads`
}
