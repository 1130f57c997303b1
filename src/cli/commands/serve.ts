import { once } from 'node:events'
import { statSync } from 'node:fs'
import { z } from 'zod'
import { openEngine } from '../../engine/engine.ts'
import { rememberProject } from '../../engine/projects/recent.ts'
import { isLoopback } from '../../server/guard.ts'
import { openBrowser } from '../../server/open-browser.ts'
import { servedRoots } from '../../server/roots.ts'
import { type Served, serveWorkbench } from '../../server/serve.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { CommandContext, Register } from '../command.ts'
import { integerOption, repeated } from '../options.ts'

const words = z.tuple([
  z.string().optional(),
  z.object({
    host: z.string().default('127.0.0.1'),
    port: z.number().default(0),
    root: z.array(z.string()).default([]),
    allowNetwork: z.boolean().default(false),
    open: z.boolean().default(false),
  }),
])

/** Puts the project on the list that the page shows, once it is known to be one. */
async function introduce(dir: string): Promise<void> {
  await openEngine(dir, 'read').close()
  await rememberProject(dir)
}

/** A mistyped folder would otherwise show only when somebody looks for it in the page. */
function requireFolder(path: string): void {
  try {
    if (statSync(path).isDirectory()) return
  } catch (error) {
    throw toAppError(error, path)
  }
  throw new AppError('usage', `--root ${path} is a file, a folder was expected`)
}

/** The workbench opens files and starts work: nobody gets it into a network by one word alone. */
function requirePermission(host: string, allowNetwork: boolean): void {
  if (isLoopback(host) || allowNetwork) return
  throw new AppError(
    'usage',
    `--host ${host} would open the workbench to other machines`,
    'Add --allow-network if that is what you want. From one machine, "ssh -L" does without it.',
  )
}

async function untilInterrupted(served: Served, { signal }: CommandContext): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
  await served.close()
}

const networkWarning = [
  'other machines can reach it. Whoever has the address can open every file below the roots,',
  'and the connection is not encrypted: use it in a network that you trust.',
].join(' ')

export const serve: Register = (program, handle) => {
  program
    .command('serve')
    .description('Serves the workbench to a browser until Ctrl-C.')
    .argument('[project]', 'a project to put first on the list')
    .option('--host <address>', 'address to listen on (127.0.0.1)')
    .option('--allow-network', 'lets --host be an address that other machines can reach')
    .option(
      '--port <n>',
      'port; by default any free one',
      integerOption('--port', { minimum: 0, maximum: 65_535 }),
    )
    .option(
      '--root <folder>',
      'folder below which files can be opened; several times for more (your home, the current folder)',
      repeated,
    )
    .option('--open', 'open the browser')
    .action(
      handle(words, async (context, [project, { host, port, root, allowNetwork, open }]) => {
        requirePermission(host, allowNetwork)
        root.forEach(requireFolder)
        if (project !== undefined) await introduce(project)
        const roots = servedRoots({ named: root, project, current: process.cwd() })
        const served = await serveWorkbench({
          host,
          port,
          roots,
          ...(project !== undefined && { project }),
        })
        if (served.open) context.note(`warning: ${networkWarning}`)
        context.note(`files can be opened below ${roots.join(', ')}`)
        if (open && !(await openBrowser(served.oneTimeUrl())))
          context.note('no browser could be opened; open the address yourself')
        const running = untilInterrupted(served, context)
        return { json: { url: served.url }, text: `${served.url}\nCtrl-C ends it.`, running }
      }),
    )
}
