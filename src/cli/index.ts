/** @file Entry of the `maskbench` program. */
import { applicationVersion } from '../engine/location.ts'
import { commands } from './commands.ts'
import { runProgram } from './program.ts'

void runProgram(process.argv.slice(2), commands, applicationVersion(), {
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt(listener) {
    process.on('SIGINT', listener)
    return () => process.off('SIGINT', listener)
  },
  exit: (code) => process.exit(code),
}).then((code) => {
  process.exitCode = code
})
