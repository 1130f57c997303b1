import { arch, cpus, platform, release, totalmem } from 'node:os'
import { z } from 'zod'
import { startCompute } from '../../engine/compute/start-compute.ts'
import { applicationVersion } from '../../engine/location.ts'
import { userDataFolder } from '../../engine/projects/data-folder.ts'
import type { Register } from '../command.ts'
import { table } from '../table.ts'

const words = z.tuple([z.unknown()])

/** The machine and the program. */
function systemFacts() {
  const [processor] = cpus()
  return {
    maskbench: applicationVersion(),
    node: process.versions.node,
    system: `${platform()} ${release()} ${arch()}`,
    processor: `${processor?.model.trim() ?? 'unknown'}, ${cpus().length} threads`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    dataFolder: userDataFolder(),
  }
}

export const doctor: Register = (program, handle) => {
  program
    .command('doctor')
    .description('Says what this machine can do: versions, devices, decoders.')
    .action(
      handle(words, async (context) => {
        await using compute = startCompute()
        const { media, devices } = await compute.run('capabilities', {}, context)
        const system = systemFacts()
        const missing = media.decoders.filter(({ available }) => !available)
        const facts = Object.entries({ ...system, ffmpeg: media.ffmpeg })
        const text = [
          facts.map(([name, value]) => `${name.padEnd(11)} ${value}`).join('\n'),
          table(
            ['device', 'there', 'what', 'note'],
            devices.map((each) => [
              each.device,
              each.available ? 'yes' : 'no',
              each.title,
              each.note.slice(0, 100),
            ]),
          ),
          missing.length === 0
            ? `decodes ${media.decoders.map(({ codec }) => codec).join(', ')}`
            : `cannot decode ${missing.map(({ codec }) => codec).join(', ')}: this build of ` +
              'FFmpeg lacks them; install node-av’s own binary again with `npm ci`',
        ].join('\n\n')
        return { json: { ...system, ...media, devices }, text }
      }),
    )
}
