/** @file `experiment run`: makes experiments of files or presets, and works through the queue. */
import type { Command } from 'commander'
import { z } from 'zod'
import { enqueue } from '../../engine/db/experiment-queue.ts'
import { getExperiment } from '../../engine/db/experiments.ts'
import type { Engine } from '../../engine/engine.ts'
import { readExperiments, withWords } from '../../engine/jobs/experiments/experiment-file.ts'
import { describeExperiment } from '../../engine/jobs/experiments/experiment-states.ts'
import { experimentTable } from '../../engine/jobs/experiments/experiment-table.ts'
import { makeExperiment } from '../../engine/jobs/experiments/make-experiment.ts'
import { experimentPresets, presetExperiment } from '../../engine/jobs/experiments/presets.ts'
import { type QueueResult, runQueue } from '../../engine/jobs/experiments/run-experiment.ts'
import type { ExperimentListener } from '../../engine/jobs/experiments/run-stage.ts'
import { losses } from '../../engine/jobs/train-options.ts'
import { AppError } from '../../shared/errors.ts'
import type { ExperimentSettings } from '../../shared/experiment.ts'
import { parseSize } from '../../shared/recipe-text.ts'
import type { CommandContext, Handle } from '../command.ts'
import { experimentsText } from '../experiment-texts.ts'
import { choiceOption, integerOption, numberOption, repeated } from '../options.ts'
import { projectArgument } from '../shared-options.ts'
import { score } from '../table.ts'
import { withProject } from '../with-project.ts'

const batchNorms = ['batch', 'frozen'] as const

const options = z.object({
  preset: z.array(z.string()).optional(),
  name: z.string().optional(),
  network: z.string().optional(),
  train: z.string().optional(),
  validation: z.string().optional(),
  input: z.object({ width: z.number(), height: z.number() }).optional(),
  epochs: z.number().optional(),
  learningRate: z.number().optional(),
  batch: z.number().optional(),
  stepsPerEpoch: z.number().optional(),
  loss: z.enum(losses).optional(),
  batchNorm: z.enum(batchNorms).optional(),
  augmentation: z.string().optional(),
  seeds: z.array(z.number()).optional(),
  resume: z.number().optional(),
  queueOnly: z.boolean().default(false),
  device: z.string().optional(),
  threads: z.number().optional(),
})
const words = z.tuple([z.string(), z.array(z.string()), options])

type Options = z.output<typeof options>

const whole = (option: string, minimum: number) => integerOption(option, { minimum })
const seed = integerOption('--seed', { minimum: 0, maximum: 0xffffffff })

function addOptions(command: Command): Command {
  const presets = Object.keys(experimentPresets).join(', ')
  return command
    .option('--preset <name>', `${presets}; repeatable`, repeated)
    .option('--name <text>', 'what it is called')
    .option('--network <which>', 'an architecture, a network of the project, or experiment:ID')
    .option('--train <part>', 'of the sets, to learn from; by default train')
    .option('--validation <part>', 'of the sets, to judge by; by default val')
    .option('--input <wxh>', 'size of the network’s input', parseSize)
    .option('--epochs <n>', 'of every stage', whole('--epochs', 1))
    .option('--steps-per-epoch <n>', 'by default every picture once', whole('--steps-per-epoch', 1))
    .option('--batch <n>', 'pictures of a step', whole('--batch', 1))
    .option(
      '--learning-rate <x>',
      'of the first stage, the others in proportion',
      numberOption('--learning-rate', { minimum: Number.MIN_VALUE }),
    )
    .option('--loss <name>', losses.join(', '), choiceOption('--loss', losses))
    .option(
      '--batch-norm <how>',
      'batch: trained with the statistics of each batch; frozen: as it is',
      choiceOption('--batch-norm', batchNorms),
    )
    .option('--augmentation <file>', 'a pipeline as JSON, or none')
    .option('--seeds <n…>', 'a run for each', (text: string, before: number[] = []) => [
      ...before,
      ...text.split(',').map(seed),
    ])
    .option('--resume <id>', 'go on with one that was stopped', whole('--resume', 1))
    .option('--queue-only', 'put it into the queue and run nothing')
    .option('--device <name>', 'auto, cpu, webgpu, cuda, coreml or dml')
    .option('--threads <n>', 'processor threads', whole('--threads', 1))
}

/** The experiments that files and presets name, changed as the words say. */
async function wanted(files: readonly string[], given: Options): Promise<ExperimentSettings[]> {
  const { preset = [], resume: _, queueOnly: __, device: ___, threads: ____, ...changes } = given
  const fromFiles = (await Promise.all(files.map(readExperiments))).flat()
  const all = [...fromFiles, ...preset.map(presetExperiment)]
  const named = Object.values(changes).some((value) => value !== undefined)
  if (all.length === 0 && named)
    throw new AppError(
      'bad-value',
      'options change an experiment, but none was named',
      'Name a file, or a preset with --preset.',
    )
  return Promise.all(all.map((settings) => withWords(settings, changes)))
}

function listener(context: CommandContext, { project }: Engine): ExperimentListener {
  return {
    onWarning: (text) => context.note(`warning: ${text}`),
    onEpoch({ experiment, seed: of, stage }, { epoch, trainLoss, validationLoss, meanIou }) {
      const { settings } = getExperiment(project, experiment)
      const { name = '', epochs = 0 } = settings.stages[stage] ?? {}
      const where = settings.seeds.length > 1 ? `seed ${of}, ${name}` : name
      context.note(
        `${settings.name}: ${where} ${epoch}/${epochs}  loss ${score(trainLoss)}  validation ${score(validationLoss)}  mIoU ${score(meanIou)}`,
      )
    },
  }
}

function refuseFailed({ failed }: QueueResult): void {
  const [first] = failed
  if (!first) return
  const { code, message, hint } = first.error
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more failed)` : ''
  throw new AppError(code, `experiment ${first.experiment}: ${message}${more}`, hint)
}

async function run(engine: Engine, files: string[], given: Options, context: CommandContext) {
  const { project } = engine
  const ids: number[] = []
  for (const settings of await wanted(files, given))
    ids.push(await makeExperiment(engine, settings))
  enqueue(project, ids, 'end')
  if (given.resume !== undefined) enqueue(project, [given.resume], 'head')
  const { device, threads } = given
  const result = given.queueOnly
    ? { done: [], failed: [] }
    : await runQueue(engine, { device, threads, listener: listener(context, engine) }, context)
  refuseFailed(result)
  const shown = given.queueOnly ? ids : result.done
  const experiments = shown.map((id) => describeExperiment(project, getExperiment(project, id)))
  const text = experiments.length > 0 ? experimentsText(experimentTable(experiments)) : ''
  return { json: { experiments }, text: text || 'nothing waits in the queue' }
}

export function addRun(group: Command, handle: Handle): void {
  const command = group
    .command('run')
    .description('Runs experiments one after the other; without any, what waits in the queue.')
    .argument(...projectArgument)
    .argument('[files...]', 'experiments as JSON: one, or a list')
  addOptions(command).action(
    handle(words, (context, [dir, files, given]) =>
      withProject(dir, 'write', (engine) => run(engine, files, given, context)),
    ),
  )
}
