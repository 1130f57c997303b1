/** @file The scores of a region in a run. */
import { cutIndex } from '../../shared/count/rule.ts'
import { AppError } from '../../shared/errors.ts'
import { bytesOf } from '../db/rows.ts'
import { getRun } from '../db/runs.ts'
import { regionSums } from '../review/region-sums.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import { bytesAnswer } from './answers.ts'
import { numberIn } from './byte-request.ts'

export interface ScoresRequest {
  open: OpenProject
  run: string
  region: string
  query: URLSearchParams
  request: Request
}

/** Sums at a cut, one a position that is done: float64, little-endian as on all our platforms. */
export async function answerScores(wanted: ScoresRequest): Promise<Response> {
  const { open, query, request } = wanted
  const { project } = open.engine
  const run = getRun(project, numberIn(wanted.run))
  const id = numberIn(wanted.region)
  const cut = Number(query.get('cut') ?? Number.NaN)
  cutIndex(cut)
  const options = { cut, keep: open.mode === 'write' }
  const scored = await regionSums(project, run, options, { signal: request.signal })
  const region = scored.find((each) => each.region.id === id)
  if (region) return bytesAnswer(bytesOf(region.sums), 'raw')
  throw new AppError(
    'no-such-region',
    `the project has no region ${wanted.region.slice(0, 20)} to count in`,
    'Reload the page.',
  )
}
