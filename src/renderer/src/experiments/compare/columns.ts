/** @file The numbers that networks are compared by: columns of the table, and charts of bars. */
import type { ComparedNetwork } from '../../../../shared/contract/compare.ts'
import { bytes } from '../../format.ts'
import { figure, secondsText } from '../../train/curves.ts'
import { shareText } from '../words.ts'

export interface Column {
  title: string
  about: string
  /** Null where it is not known. */
  of: (network: ComparedNetwork) => number | null
  format: (value: number) => string
  /** What a full bar stands for; by default the largest of all. */
  full?: number
}

export const columns: readonly Column[] = [
  {
    title: 'Mean IoU',
    about: 'overlap with the masks; more is better',
    of: ({ accuracy }) => accuracy?.meanIou ?? null,
    format: shareText,
    full: 1,
  },
  {
    title: 'Pixels right',
    about: 'share of all pixels; more is better',
    of: ({ accuracy }) => accuracy?.pixelAccuracy ?? null,
    format: shareText,
    full: 1,
  },
  {
    title: 'Time a picture',
    about: 'from its pixels to the mask; less is better',
    of: ({ secondsPerImage }) => secondsPerImage,
    format: secondsText,
  },
  {
    title: 'GFLOPs',
    about: 'billions of multiply-adds for a picture',
    of: ({ gflops }) => gflops,
    format: figure,
  },
  {
    title: 'Parameters',
    about: 'numbers that are learnt',
    of: ({ parameters }) => parameters,
    format: (value) => `${figure(value / 1e6)} M`,
  },
  {
    title: 'Memory',
    about: 'most that its process took',
    of: ({ peakBytes }) => peakBytes,
    format: bytes,
  },
  {
    title: 'Training an epoch',
    about: 'of the experiment that it came out of',
    of: ({ secondsPerEpoch }) => secondsPerEpoch,
    format: secondsText,
  },
]

/** The columns that are worth a chart: those that at least two networks have a number for. */
export function plotted(networks: readonly ComparedNetwork[]): readonly Column[] {
  return columns.filter(({ of }) => networks.filter((one) => of(one) !== null).length > 1)
}
