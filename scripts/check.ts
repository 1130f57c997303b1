/** @file The one gate: `npm run check` runs every check and stops at the first that fails. */
import { run } from './run.ts'

const node = process.execPath

/** Each check's name and command, the quick ones first. */
const checks: readonly (readonly [string, readonly [string, ...string[]]])[] = [
  ['types', ['tsc', '-b']],
  ['lint', ['biome', 'lint', '--error-on-warnings', '.']],
  ['format', ['biome', 'format', '.']],
  ['layers', [node, 'scripts/layers.ts']],
  ['build', ['electron-vite', 'build', '--logLevel', 'warn']],
  ['tests', [node, 'scripts/test.ts']],
]

const withoutTests = process.argv.includes('--no-test')
for (const [name, command] of checks) {
  if (name === 'tests' && withoutTests) {
    console.log('- tests left out, as asked')
    continue
  }
  const { code, output, seconds } = await run(command, { quiet: name !== 'tests' })
  if (code !== 0) {
    console.error(`${output}\ncheck stopped: ${name} failed (${command.join(' ')})`)
    process.exit(1)
  }
  console.log(`✓ ${name}, ${seconds.toFixed(1)} s`)
}
