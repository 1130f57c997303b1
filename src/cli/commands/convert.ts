import { z } from 'zod'
import { convertSet } from '../../engine/jobs/datasets/convert-set.ts'
import type { Register } from '../command.ts'
import { formatField, formatOrAuto, readOptions, writeOptions } from '../dataset-options.ts'
import { problemLines } from '../dataset-texts.ts'
import { noteDropped } from './dataset.ts'

const words = z.tuple([
  z.string(),
  z.string(),
  z.object({
    from: formatOrAuto,
    to: formatField,
    ...readOptions.fields,
    ...writeOptions.fields,
  }),
])

export const convert: Register = (program, handle) => {
  const command = program
    .command('convert')
    .description('Turns a dataset of one format into another, without a project.')
    .argument('<path>', 'a file, folder or zip')
    .argument('<target>', 'the folder to make, or FILE.zip')
  writeOptions.add(readOptions.add(command, '--from'), '--to').action(
    handle(words, async (context, [path, target, { from, to, pictures, ...reading }]) => {
      const read = { format: from, ...reading }
      const write = { format: to, pictures, onDropped: noteDropped(context) }
      const converted = await convertSet(path, target, { read, write }, context)
      const { images, files, problems } = converted
      const head = `read ${path} (${converted.from}), wrote ${images} images in ${files} files to ${target}`
      return { json: converted, text: [head, ...problemLines(problems)].join('\n') }
    }),
  )
}
