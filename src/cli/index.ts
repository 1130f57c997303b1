/** @file Entry of the `maskbench` program. */
import { applicationVersion } from '../engine/location.ts'
import { count } from './commands/count.ts'
import { create } from './commands/create.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { evaluate } from './commands/evaluate.ts'
import { exportCommand } from './commands/export.ts'
import { frame } from './commands/frame.ts'
import { infer } from './commands/infer.ts'
import { labels } from './commands/labels.ts'
import { models } from './commands/models.ts'
import { backup, info, jobs } from './commands/project.ts'
import { review } from './commands/review.ts'
import { roi } from './commands/roi.ts'
import { serve } from './commands/serve.ts'
import { tape } from './commands/tape.ts'
import { runProgram } from './program.ts'

/** Every command, in the order in which the help lists them: that of the work. */
const commands = [
  demo,
  create,
  tape,
  info,
  jobs,
  backup,
  frame,
  roi,
  labels,
  models,
  infer,
  count,
  evaluate,
  review,
  exportCommand,
  serve,
  doctor,
]

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
