/** @file Options of commands that score masks: what besides pixels is compared. */
import type { Command } from 'commander'
import { z } from 'zod'
import { type BoundaryOptions, defaultBoundaryOptions } from '../engine/metrics/boundary-scores.ts'
import { defaultObjectOptions, type ObjectOptions } from '../engine/metrics/object-scores.ts'
import { integerOption, numberOption, repeated } from './options.ts'

const fields = {
  boundary: z.boolean().optional(),
  tolerance: z.number().optional(),
  objects: z.array(z.string()).optional(),
  objectIou: z.number().optional(),
  objectPixels: z.number().optional(),
  csv: z.string().optional(),
}

/** `--boundary`, `--tolerance`, `--objects`, `--object-iou`, `--object-pixels`, `--csv` */
export const scoreOptions = {
  add: (command: Command) =>
    command
      .option('--boundary', 'compare outlines as well')
      .option(
        '--tolerance <share>',
        'how far apart outlines may be, as a share of the diagonal; 0.0075 by default',
        numberOption('--tolerance', { minimum: 0, maximum: 1 }),
      )
      .option('--objects <class>', 'count the objects of a class; repeatable', repeated)
      .option(
        '--object-iou <iou>',
        'from which IoU on an object is found; 0.5 by default',
        numberOption('--object-iou', { minimum: 0.01, maximum: 1 }),
      )
      .option(
        '--object-pixels <n>',
        'smaller parts are no objects',
        integerOption('--object-pixels', { minimum: 1 }),
      )
      .option('--csv <file>', 'write the scores and the confusion matrix there, a class a row'),
  fields,
}

/** What is compared besides pixels. */
export interface ComparedParts {
  boundary: BoundaryOptions | undefined
  objects: ({ classes: readonly string[] } & ObjectOptions) | undefined
}

/** What the options ask for; a tolerance asks for outlines. */
export function comparedParts(options: z.output<z.ZodObject<typeof fields>>): ComparedParts {
  const { boundary = false, tolerance, objects, objectIou, objectPixels } = options
  const usual = defaultBoundaryOptions
  return {
    boundary:
      boundary || tolerance !== undefined
        ? { ...usual, tolerance: tolerance ?? usual.tolerance }
        : undefined,
    objects: objects && {
      classes: objects,
      minimumIou: objectIou ?? defaultObjectOptions.minimumIou,
      minimumPixels: objectPixels ?? defaultObjectOptions.minimumPixels,
    },
  }
}
