/** @file How a network looks at pictures, as words of a command. */
import type { Command } from 'commander'
import { z } from 'zod'
import { checkValue } from '../engine/formats/json.ts'
import { AppError } from '../shared/errors.ts'
import { parseSize } from '../shared/recipe-text.ts'
import { centreCropSchema, type Look, lookSchema } from '../shared/segment.ts'
import { numberOption } from './options.ts'

const size = z.object({ width: z.number(), height: z.number() })

function badText(option: string, text: string, expected: string): AppError {
  return new AppError(
    'bad-value',
    `${option} is ${JSON.stringify(text)}; ${expected} was expected`,
    `Give ${option} a value like that.`,
  )
}

/** `0.5,1,1.5` */
function parseScales(text: string): number[] {
  const found = lookSchema.shape.scales.safeParse(text.split(',').map(Number))
  if (found.success) return found.data
  throw badText('--scales', text, 'up to eight numbers of 0.1 to 4, such as 0.5,1,1.5,')
}

/** `256,224` */
function parseCrop(text: string) {
  const [resize = Number.NaN, side = Number.NaN, ...more] = text.split(',').map(Number)
  const found = centreCropSchema.safeParse({ resize, size: side })
  if (found.success && more.length === 0) return found.data
  throw badText('--crop', text, 'RESIZE,SIDE in pixels, such as 256,224,')
}

/** `--crop`, `--window`, `--overlap`, `--scales`, `--flip` */
export const lookOptions = {
  add: (command: Command) =>
    command
      .option(
        '--crop [resize,side]',
        'only the middle: the shorter side becomes RESIZE pixels, then a square is cut out (256,224)',
        parseCrop,
      )
      .option('--window <wxh>', 'piece by piece, in pixels of the picture', parseSize)
      .option(
        '--overlap <share>',
        'share of a window that the next one covers again (0.5)',
        numberOption('--overlap', { minimum: 0, maximum: 0.9 }),
      )
      .option(
        '--scales <list>',
        'the mean of several sizes of the picture, such as 0.5,1,1.5',
        parseScales,
      )
      .option('--flip', 'the mean with the mirrored picture'),
  fields: {
    crop: z.union([z.literal(true), centreCropSchema]).optional(),
    window: size.optional(),
    overlap: z.number().optional(),
    scales: z.array(z.number()).optional(),
    flip: z.boolean().optional(),
  },
}

const words = z.object(lookOptions.fields)

/** Throws `usage` for an overlap of no windows, `bad-value` for a window of no pixels. */
export function lookOf({ crop, ...rest }: z.output<typeof words>): Look {
  if (rest.overlap !== undefined && !rest.window)
    throw new AppError('usage', '--overlap needs --window', 'Say how large a window is.')
  const look = { ...rest, ...(crop && { crop: crop === true ? {} : crop }) }
  return checkValue(look, 'the options', lookSchema)
}
