/** @file Options that several commands have, and how their words are read. */
import type { Command } from 'commander'
import { z } from 'zod'
import { maskEncodings } from '../engine/formats/mask-encoding.ts'
import { choiceOption, integerOption, numberOption, repeated } from './options.ts'

export const projectArgument = ['<project>', 'the folder NAME.maskbench'] as const

/** `--tape ID` */
export const tapeOption = {
  add: (command: Command, what: string) =>
    command.option('--tape <id>', what, integerOption('--tape', { minimum: 1 })),
  fields: { tape: z.number().optional() },
}

/** `--run ID`, `--threshold`, `--cut`, `--enter`, `--leave` */
export const countOptions = {
  add: (command: Command) =>
    command
      .option('--run <id>', 'the run to count', integerOption('--run', { minimum: 1 }))
      .option(
        '--threshold <px>',
        'occupied when the sum of probabilities is greater',
        numberOption('--threshold', { minimum: 0 }),
      )
      .option(
        '--cut <p>',
        'sum only pixels with at least this probability: 0, 0.05 … 0.95',
        numberOption('--cut', { minimum: 0, maximum: 0.95 }),
      )
      .option(
        '--enter <frames>',
        'drop occupied stretches that are shorter',
        integerOption('--enter', { minimum: 0 }),
      )
      .option(
        '--leave <frames>',
        'fill gaps of at most so many frames',
        integerOption('--leave', { minimum: 0 }),
      ),
  fields: {
    run: z.number().optional(),
    threshold: z.number().optional(),
    cut: z.number().optional(),
    enter: z.number().optional(),
    leave: z.number().optional(),
  },
}

/** `--frames`, `--encoding`, `--map`: how mask files are read. */
export const maskOptions = {
  add: (command: Command) =>
    command
      .option('--frames <list>', 'only these frames: 0,93 or 0-739/8 or even:8')
      .option(
        '--encoding <kind>',
        'binary, index or palette',
        choiceOption('--encoding', maskEncodings),
      )
      .option('--map <value=name>', 'a value’s meaning, such as 170=ignore; repeatable', repeated),
  fields: {
    frames: z.string().optional(),
    encoding: z.enum(maskEncodings).optional(),
    map: z.array(z.string()).optional(),
  },
}
