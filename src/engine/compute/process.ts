/**
 * @file The script of a compute process (main thread) and of the threads in it that run networks.
 * Each loads only what it needs.
 */
import { isMainThread } from 'node:worker_threads'

async function serve(): Promise<void> {
  if (isMainThread) {
    const [{ serveEngine }, { tasks }] = await Promise.all([
      import('./serve-engine.ts'),
      import('./tasks.ts'),
    ])
    serveEngine(tasks)
  } else {
    const { serveNetwork } = await import('../infer/network-thread.ts')
    await serveNetwork()
  }
}

void serve()
