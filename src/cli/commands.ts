/** @file Every command of the program. */
import type { Register } from './command.ts'
import { augment } from './commands/augment.ts'
import { compare } from './commands/compare.ts'
import { convert } from './commands/convert.ts'
import { count } from './commands/count.ts'
import { create } from './commands/create.ts'
import { dataset } from './commands/dataset.ts'
import { demo } from './commands/demo.ts'
import { demoSet } from './commands/demo-set.ts'
import { doctor } from './commands/doctor.ts'
import { evaluate } from './commands/evaluate.ts'
import { experiment } from './commands/experiment.ts'
import { exportCommand } from './commands/export.ts'
import { frame } from './commands/frame.ts'
import { infer } from './commands/infer.ts'
import { labels } from './commands/labels.ts'
import { metrics } from './commands/metrics.ts'
import { models } from './commands/models.ts'
import { backup, info, jobs } from './commands/project.ts'
import { review } from './commands/review.ts'
import { roi } from './commands/roi.ts'
import { segment } from './commands/segment.ts'
import { serve } from './commands/serve.ts'
import { tape } from './commands/tape.ts'
import { train } from './commands/train.ts'

/** Every command, in the order in which the help lists them: that of the work. */
export const commands: readonly Register[] = [
  demo,
  demoSet,
  create,
  tape,
  info,
  jobs,
  backup,
  frame,
  roi,
  labels,
  dataset,
  convert,
  models,
  augment,
  train,
  experiment,
  infer,
  count,
  evaluate,
  metrics,
  compare,
  segment,
  review,
  exportCommand,
  serve,
  doctor,
]
