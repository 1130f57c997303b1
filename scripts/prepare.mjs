// npm runs this after an install: it builds, so that `maskbench serve` has its page in a fresh clone.
// Plain JavaScript, because an install without development tools may run on an older Node.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const program = join('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
if (existsSync(program)) {
  const { status } = spawnSync(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    stdio: 'inherit',
  })
  // The command line runs from source as well, so that a failed build need not fail the install.
  if (status !== 0) console.error('The build failed. Everything but the page works; see above.')
}
