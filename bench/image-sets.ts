/**
 * @file An image set of very many pictures: what takes how long, how much memory, and how long it
 * keeps everybody else waiting. Arguments: [IMAGES]. Each step is a process of its own, so that its
 * memory is its own; the drawn pictures stay in the folder for temporary files for the next time.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { report, scratch } from './common.ts'
import { type StepName, setSteps } from './image-sets-run.ts'
import { tinySet } from './tiny-set.ts'

const images = Number(process.argv[2] ?? 50_000)

const measured = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  megabytes: z.number(),
  longestWaitMs: z.number(),
})

async function measure(step: StepName, set: string, folder: string) {
  const program = join(import.meta.dirname, 'image-sets-run.ts')
  const child = fork(program, [step, set, folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const answer: Promise<unknown[]> = once(child, 'message')
  const [code] = await Promise.race([once(child, 'exit'), answer.then(() => [0])])
  if (code !== 0) throw new Error(`${step} failed`)
  const [message] = await answer
  return { step, ...measured.parse(message) }
}

const set = await tinySet(tmpdir(), images)
const folder = scratch('image-sets')
mkdirSync(folder)
try {
  const rows = []
  for (const step of setSteps) {
    const { seconds, processorSeconds, megabytes, longestWaitMs } = await measure(step, set, folder)
    console.error(
      `${step}: ${seconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processor time`,
    )
    rows.push({
      step,
      seconds,
      'processor s': processorSeconds,
      'images / s': images / seconds,
      'peak MB': Math.round(megabytes),
      'longest wait ms': Math.round(longestWaitMs),
    })
  }
  await report('image-sets', `${images} pictures of 64x64 with masks`, rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
