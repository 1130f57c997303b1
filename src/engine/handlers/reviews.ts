import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { getRun } from '../db/runs.ts'
import { getSource } from '../db/sources.ts'
import { storeAnswers, storeRule } from '../review/answers.ts'
import { changesBetween } from '../review/changes.ts'
import { runOfTape, runToReview } from '../review/choose-review.ts'
import { doubtsOf } from '../review/doubts.ts'
import { startExport } from '../review/export-review.ts'
import { reviewOf } from '../review/open-review.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods =
  | 'review.open'
  | 'review.doubts'
  | 'review.answer'
  | 'review.setRule'
  | 'review.changes'
  | 'review.export'

export function reviewHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    async 'review.open'({ project: handle, tape, run: wanted }, work) {
      const { engine, mode } = projects.get(handle)
      const source = getSource(engine.project, tape)
      const run = runToReview(engine.project, source.id, wanted)
      return run && reviewOf(engine.project, source, run, { keep: mode === 'write' }, work)
    },
    'review.doubts'({ project: handle, run, limit }, work) {
      const { engine, mode } = projects.get(handle)
      const keep = mode === 'write'
      return doubtsOf(engine.project, getRun(engine.project, run), { limit, keep }, work)
    },
    'review.answer'({ project: handle, tape, answers }) {
      const open = projects.forWriting(handle)
      const { project } = open.engine
      storeAnswers(project, getSource(project, tape), answers)
      open.changed('answers')
      return null
    },
    'review.setRule'({ project: handle, rule, regions }) {
      const open = projects.forWriting(handle)
      storeRule(open.engine.project, rule, regions)
      open.changed('rule', 'regions')
      return null
    },
    'review.changes'({ project: handle, run: id, before }, work) {
      const { engine, mode } = projects.get(handle)
      const { project } = engine
      const run = getRun(project, id)
      const earlier = runOfTape(project, run.source, before)
      return changesBetween(project, { run, before: earlier }, { keep: mode === 'write' }, work)
    },
    'review.export'({ project: handle, run, format, path, people }) {
      const open = projects.forWriting(handle)
      const target = projects.roots.require(path)
      return { job: startExport(open, run, { format, path: target, people }) }
    },
  }
}
