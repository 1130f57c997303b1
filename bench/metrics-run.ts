/**
 * @file Scores masks in a process of its own, for bench/metrics.ts. Arguments: `pixels FOLDER` or
 * `everything FOLDER` (outlines and objects too) for the masks in FOLDER/truth and FOLDER/prediction;
 * `stream COUNT` for so many pairs made on the way. The last line is JSON.
 */
import { join } from 'node:path'
import { compareMasks } from '../src/engine/jobs/compare-masks.ts'
import { defaultBoundaryOptions } from '../src/engine/metrics/boundary-scores.ts'
import { maskScorer } from '../src/engine/metrics/mask-scores.ts'
import { defaultObjectOptions } from '../src/engine/metrics/object-scores.ts'
import { drawnMask } from './metrics-masks.ts'

const [work = '', argument = ''] = process.argv.slice(2)
const boundary = defaultBoundaryOptions
const megabytes = () => process.memoryUsage.rss() / 1e6

async function folders(): Promise<object> {
  const words =
    work === 'pixels' ? {} : { boundary, objects: { classes: ['1', '2'], ...defaultObjectOptions } }
  const scores = await compareMasks(join(argument, 'truth'), join(argument, 'prediction'), words)
  return {
    meanIou: scores.meanIou,
    meanBoundaryF1: scores.boundary?.meanF1 ?? null,
    objects: scores.objects?.classes.map(({ found }) => found) ?? null,
  }
}

/** Resident memory after each tenth of the pairs. */
function stream(): object {
  const count = Number(argument)
  const scorer = maskScorer({ boundary, objects: { classes: [1, 2], ...defaultObjectOptions } })
  const tenths: number[] = []
  for (let done = 0; done < count; done++) {
    const size = { width: 48, height: 36 }
    scorer.add({ name: '', truth: drawnMask(size, done), predicted: drawnMask(size, done, 3) })
    if ((done + 1) % (count / 10) === 0) tenths.push(megabytes())
  }
  return { tenths }
}

const started = performance.now()
const result = work === 'stream' ? stream() : await folders()
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage()
const cpuSeconds = (user + system) / 1e6
console.log(
  JSON.stringify({
    seconds,
    cpuSeconds,
    megabytes: process.resourceUsage().maxRSS / 1e3,
    ...result,
  }),
)
