/** @file The script of the self-test's process, and of a thread in it: networks run in threads, too. */
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { type ChildProcess, parentLink } from '../parent-link.ts'
import { runSelfTest, testNetwork } from './run.ts'

function testThread(): Promise<void> {
  const worker = new Worker(import.meta.filename)
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
}

async function test(): Promise<void> {
  await runSelfTest()
  await testThread()
}

if (isMainThread) {
  const child: ChildProcess = process
  const answer = (problem: string | null): void => parentLink(child).send({ problem })
  test().then(
    () => answer(null),
    (error: unknown) => answer(error instanceof Error ? error.message : String(error)),
  )
} else {
  void testNetwork().then(() => parentPort?.postMessage('done'))
}
