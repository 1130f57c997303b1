/** @file Options that commands about datasets have, and how their words are read. */
import type { Command } from 'commander'
import { z } from 'zod'
import { type FormatName, formatNames, isFormatName } from '../engine/formats/formats.ts'
import { choiceOption, integerOption, repeated } from './options.ts'

const anyFormat = ['auto', ...formatNames] as const

/** A format by its name. */
export const formatField = z.custom<FormatName>(
  (value) => typeof value === 'string' && isFormatName(value),
)

/** How a set is read: `--images`, `--map`, `--threshold`, and the option that names its format. */
export const readOptions = {
  add: (command: Command, formatOption: '--format' | '--from') =>
    command
      .option(
        `${formatOption} <name>`,
        `auto (what it is by its files), ${formatNames.join(', ')}`,
        choiceOption(formatOption, anyFormat),
      )
      .option('--images <folder>', 'where the pictures are, when they are not with the annotations')
      .option(
        '--map <value=name>',
        'what a grey value or colour of masks means: 128=car, #ff0000=car, 255=ignore; class=NAME is the attribute with the class in VIA; repeatable',
        repeated,
      )
      .option(
        '--threshold <level>',
        'the grey level from which masks with soft edges show their class',
        integerOption('--threshold', { minimum: 1, maximum: 65535 }),
      ),
  fields: {
    images: z.string().optional(),
    map: z.array(z.string()).optional(),
    threshold: z.number().optional(),
  },
}

export const formatOrAuto = z.union([z.literal('auto'), formatField]).default('auto')

/** How a set is written: the option that names its format, and `--pictures`. */
export const writeOptions = {
  add: (command: Command, formatOption: '--format' | '--to') =>
    command
      .requiredOption(
        `${formatOption} <name>`,
        formatNames.join(', '),
        choiceOption(formatOption, formatNames),
      )
      .option(
        '--pictures <copy|none>',
        'whether the pictures go along; as is usual for the format where not given',
        choiceOption('--pictures', ['copy', 'none'] as const),
      ),
  fields: { pictures: z.enum(['copy', 'none']).optional() },
}

/** `--set ID` */
export const setOption = {
  add: (command: Command) =>
    command.option(
      '--set <id>',
      'only this image set; all of them where not given',
      integerOption('--set', { minimum: 1 }),
    ),
  fields: { set: z.number().optional() },
}
