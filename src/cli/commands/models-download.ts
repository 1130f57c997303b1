import { join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { downloadWeights } from '../../engine/models/download.ts'
import { publishedWeights, publishedWeightsOf } from '../../engine/models/published-weights.ts'
import { userDataFolder } from '../../engine/projects/data-folder.ts'
import type { Handle } from '../command.ts'

const words = z.tuple([z.string(), z.object({ from: z.url().optional() })])

/** `models download NAME`: weights that all projects of the user share. */
export function modelsDownload(group: Command, handle: Handle): void {
  const names = publishedWeights.map(({ name }) => name).join(', ')
  group
    .command('download')
    .description("Downloads torchvision's published weights into your data folder.")
    .argument('<name>', `which: ${names}`)
    .option('--from <address>', 'a copy of the folder that has them, instead of the official one')
    .action(
      handle(words, async ({ signal, onProgress }, [name, { from }]) => {
        const official = publishedWeightsOf(name)
        const address = from === undefined ? official.address : `${from}/${official.file}`
        const folder = join(userDataFolder(), 'weights')
        const work = { folder, signal, onProgress }
        const { path, bytes, sha256 } = await downloadWeights({ ...official, address }, work)
        const next = `Add them with: maskbench models add PROJECT ${path} --as ${name}`
        return {
          json: { name, path, bytes, sha256, address },
          text: `the weights are in ${path}\n${next}`,
        }
      }),
    )
}
