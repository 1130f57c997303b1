import { once } from 'node:events'
import { z } from 'zod'
import { openEngine } from '../../engine/engine.ts'
import { rememberProject } from '../../engine/projects/recent.ts'
import { openBrowser } from '../../server/open-browser.ts'
import { type Served, serveWorkbench } from '../../server/serve.ts'
import type { CommandContext, Register } from '../command.ts'
import { integerOption } from '../options.ts'

const words = z.tuple([
  z.string().optional(),
  z.object({
    host: z.string().default('127.0.0.1'),
    port: z.number().default(0),
    open: z.boolean().default(false),
  }),
])

/** Puts the project on the list that the page shows, once it is known to be one. */
async function introduce(dir: string): Promise<void> {
  await openEngine(dir, 'read').close()
  await rememberProject(dir)
}

async function untilInterrupted(served: Served, { signal }: CommandContext): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
  await served.close()
}

export const serve: Register = (program, handle) => {
  program
    .command('serve')
    .description('Serves the workbench to a browser until Ctrl-C.')
    .argument('[project]', 'a project to put first on the list')
    .option('--host <address>', 'address to listen on (127.0.0.1)')
    .option(
      '--port <n>',
      'port; by default any free one',
      integerOption('--port', { minimum: 0, maximum: 65_535 }),
    )
    .option('--open', 'open the browser')
    .action(
      handle(words, async (context, [project, { host, port, open }]) => {
        if (project !== undefined) await introduce(project)
        const served = await serveWorkbench({ host, port })
        if (served.open) context.note(`warning: ${host} can be reached from other machines`)
        if (open && !(await openBrowser(served.oneTimeUrl())))
          context.note('no browser could be opened; open the address yourself')
        const running = untilInterrupted(served, context)
        return { json: { url: served.url }, text: `${served.url}\nCtrl-C ends it.`, running }
      }),
    )
}
