import { z } from 'zod'
import { activeModelId } from '../../engine/jobs/networks.ts'
import { losses, optimisers, schedules } from '../../engine/jobs/train-options.ts'
import {
  resumeTraining,
  type TrainListener,
  trainProject,
} from '../../engine/jobs/train-project.ts'
import { defaultPreset, presetNames } from '../../engine/train/presets.ts'
import { AppError } from '../../shared/errors.ts'
import { parseSize } from '../../shared/recipe-text.ts'
import { trainingBackends } from '../../shared/train-settings.ts'
import type { CommandContext, Register } from '../command.ts'
import { choiceOption, integerOption, numberOption, repeated } from '../options.ts'
import { projectArgument } from '../shared-options.ts'
import { forecastText, trainFields, trainText } from '../train-texts.ts'
import { withProject } from '../with-project.ts'

const options = z.object({
  preset: z.string().optional(),
  model: z.string().optional(),
  continue: z.boolean().optional(),
  scope: z.string().optional(),
  iterations: z.number().optional(),
  learningRate: z.number().optional(),
  batch: z.number().optional(),
  optimizer: z.enum(optimisers).optional(),
  schedule: z.enum(schedules).optional(),
  loss: z.enum(losses).optional(),
  input: z.object({ width: z.number(), height: z.number() }).optional(),
  mapClass: z.array(z.string()).optional(),
  holdOut: z.string().optional(),
  budget: z.number().optional(),
  device: z.string().optional(),
  threads: z.number().optional(),
  backend: z.enum(trainingBackends).optional(),
  seed: z.number().optional(),
  resume: z.boolean().optional(),
})

const words = z.tuple([z.string(), options])

/** Everything about a training is fixed when it starts. */
function checkAlone({ resume, ...others }: z.output<typeof options>): void {
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  if (!resume || given.length === 0) return
  const names = given.map(([name]) => name.replace(/[A-Z]/g, (letter) => `-${letter}`))
  throw new AppError(
    'bad-value',
    `--resume goes on as the training was started, but ${names.map((name) => `--${name.toLowerCase()}`).join(', ')} was given`,
    'Give --resume alone, or leave it out to start a new training.',
  )
}

function listener(context: CommandContext): TrainListener {
  return {
    onWarning: (text) => context.note(`warning: ${text}`),
    onForecast: (forecast) => context.note(forecastText(forecast)),
  }
}

export const train: Register = (program, handle) => {
  program
    .command('train')
    .description('Fine-tunes a network with the labels of the project.')
    .argument(...projectArgument)
    .option('--preset <name>', `${presetNames.join(', ')}; by default ${defaultPreset}`)
    .option('--model <id>', 'the network to start from; by default the one never fine-tuned')
    .option('--continue', 'start from the active network, also when it was fine-tuned')
    .option('--scope <what>', 'head, all, or the name of the first layer that is trained')
    .option('--iterations <n>', 'steps', integerOption('--iterations', { minimum: 1 }))
    .option('--learning-rate <x>', 'at its highest', positive('--learning-rate'))
    .option('--batch <n>', 'samples of a step', integerOption('--batch', { minimum: 1 }))
    .option('--optimizer <name>', optimisers.join(', '), choiceOption('--optimizer', optimisers))
    .option('--schedule <name>', schedules.join(', '), choiceOption('--schedule', schedules))
    .option('--loss <name>', losses.join(', '), choiceOption('--loss', losses))
    .option('--input <wxh>', 'size of the network’s input', parseSize)
    .option(
      '--map-class <own=network>',
      'the class that one of yours starts from, or =new',
      repeated,
    )
    .option('--hold-out <frames>', 'auto, none, or frames to check with: 0,93')
    .option('--budget <seconds>', 'as many steps as fit into this time', positive('--budget'))
    .option('--device <name>', 'auto, cpu, webgpu, cuda, coreml or dml')
    .option('--threads <n>', 'processor threads', integerOption('--threads', { minimum: 1 }))
    .option(
      '--backend <name>',
      trainingBackends.join(', '),
      choiceOption('--backend', trainingBackends),
    )
    .option(
      '--seed <n>',
      'of everything drawn at random',
      integerOption('--seed', { minimum: 0, maximum: 0xffffffff }),
    )
    .option('--resume', 'go on with the last training, which was stopped')
    .action(
      handle(words, (context, [dir, given]) => {
        checkAlone(given)
        const { resume, continue: goOn, ...rest } = given
        return withProject(dir, 'write', async (engine) => {
          const result = resume
            ? await resumeTraining(engine, listener(context), context)
            : await trainProject(engine, { ...rest, goOn }, listener(context), context)
          const text = trainText(result, activeModelId(engine))
          return { json: trainFields(result), text }
        })
      }),
    )
}

function positive(option: string): (text: string) => number {
  return numberOption(option, { minimum: Number.MIN_VALUE })
}
