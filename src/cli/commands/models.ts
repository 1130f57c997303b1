import { z } from 'zod'
import { saveSettings } from '../../engine/db/settings.ts'
import type { ProbeModel } from '../../engine/infer/probe-model.ts'
import { activeModelId, listProjectModels, modelById } from '../../engine/jobs/networks.ts'
import { addModel } from '../../engine/models/add-model.ts'
import { type BrokenModel, exportModel } from '../../engine/models/model-store.ts'
import { trainingRecord } from '../../engine/models/training-record.ts'
import type { StoredModel } from '../../engine/models/types.ts'
import { architectureNames } from '../../engine/models/zoo/architectures.ts'
import type { Register } from '../command.ts'
import { projectArgument } from '../shared-options.ts'
import { table } from '../table.ts'
import { withProject } from '../with-project.ts'
import { modelsDownload } from './models-download.ts'

const listWords = z.tuple([z.string(), z.unknown()])
const addWords = z.tuple([
  z.string(),
  z.string(),
  z.object({
    as: z.string().optional(),
    description: z.string().optional(),
    activate: z.boolean().default(false),
  }),
])
const exportWords = z.tuple([z.string(), z.string(), z.string(), z.unknown()])

function fields({ description, sha256, origin }: StoredModel, active: string) {
  const { id, name, licence, source, parent, input, classes } = description
  const size = input.width === null ? 'any' : `${input.width}x${input.height}`
  const { startedAt = null, adopted = null } = trainingRecord(description)
  return {
    ...{ id, name, origin, licence, source, parent, input: size, classes, sha256 },
    ...{ trainedAt: startedAt, adopted },
    active: id === active,
  }
}

function problemFields({ id, error }: BrokenModel) {
  return { id, error: error.toJSON() }
}

export const models: Register = (program, handle) => {
  const group = program.command('models').description('The networks of a project.')
  group
    .command('list')
    .description('Lists the networks that can be used.')
    .argument(...projectArgument)
    .action(
      handle(listWords, (_context, [dir]) =>
        withProject(dir, 'read', async (engine) => {
          const active = activeModelId(engine)
          const { models, broken } = await listProjectModels(engine)
          const usable = models.map((model) => fields(model, active))
          const rows = usable.map((model) => [
            model.active ? '•' : '',
            model.id,
            model.name,
            model.origin,
            model.parent,
            model.adopted === false ? 'no' : model.adopted ? 'yes' : null,
            model.input,
            model.licence,
          ])
          const problems = broken.map(({ id, error }) => `${id} cannot be used: ${error.message}`)
          const list = table(
            ['', 'id', 'name', 'origin', 'parent', 'adopted', 'input', 'licence'],
            rows,
          )
          const json = { models: usable, broken: broken.map(problemFields) }
          return { json, text: [list, ...problems].join('\n') }
        }),
      ),
    )
  group
    .command('add')
    .description(
      'Adds any .onnx network that labels the pixels of an image, or the weights of a PyTorch checkpoint.',
    )
    .argument(...projectArgument)
    .argument('<file>', 'the .onnx or .pth file')
    .option(
      '--as <architecture>',
      `what a .pth has the weights of: ${architectureNames.join(', ')}`,
    )
    .option('--description <file>', 'a model.json that says how to use it')
    .option('--activate', 'use it from now on')
    .action(
      handle(addWords, (_context, [dir, file, { as, description, activate }]) =>
        withProject(dir, 'write', async (engine) => {
          const probe: ProbeModel = (request) => engine.compute.run('probeModel', request)
          const added = await addModel(engine.project.dir, file, { as, description, probe })
          const { id } = added.description
          if (activate) saveSettings(engine.project, { activeModel: id })
          const active = activeModelId(engine)
          const { models } = await listProjectModels(engine)
          const list = models.map((model) => fields(model, active))
          return { json: { added: id, models: list }, text: `added ${id}` }
        }),
      ),
    )
  modelsDownload(group, handle)
  group
    .command('export')
    .description('Writes a network as an .onnx file.')
    .argument(...projectArgument)
    .argument('<id>', 'the network')
    .argument('<file>', 'the file to write')
    .action(
      handle(exportWords, (_context, [dir, id, file]) =>
        withProject(dir, 'read', async (engine) => {
          await exportModel(await modelById(engine, id), file)
          return { json: { path: file }, text: `wrote ${file}` }
        }),
      ),
    )
}
