/** @file Whether a utility process can be the engine: a process of that kind tries, and may crash. */
import { utilityProcess } from 'electron'
import { z } from 'zod'

const answerSchema = z.object({ problem: z.string().nullable() })

/** Loading the libraries from a slow disk takes some seconds. */
const patienceMs = 20_000

/** Why the native libraries do not work in a utility process; null where they do. */
export async function selfTest(script: string): Promise<string | null> {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'Maskbench self-test',
    // What a library prints before it crashes would only alarm.
    stdio: 'ignore',
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<string | null>((resolve) => {
      timer = setTimeout(() => resolve('it took too long'), patienceMs)
      child.once('message', (raw) => resolve(answerSchema.parse(raw).problem))
      child.once('exit', (code) => resolve(`its process ended with exit code ${code}`))
    })
  } finally {
    clearTimeout(timer)
    child.kill()
  }
}
