/** @file What the shell does for its engine: compute processes, the trash; see shared/host-lane.ts. */
import { setTimeout } from 'node:timers/promises'
import { MessageChannelMain, shell, type UtilityProcess, utilityProcess } from 'electron'
import { lastLines } from '../engine/compute/last-lines.ts'
import { type FromShell, type ToShell, toShellSchema } from '../shared/host-lane.ts'
import { laneOf } from '../shared/lanes.ts'
import type { EngineProcess } from './engine-process.ts'

export interface ServedEngine {
  /** Asks the engine to close its projects and to exit. */
  askToClose(): void
  /** The engine has ended: so do the processes that computed for it. */
  end(): void
}

/** How long to wait for the last lines of a process that has ended: its streams may stay open. */
const printedPatienceMs = 500

/** At once: native code that hangs does not answer to a polite request. */
function kill(child: UtilityProcess | undefined): void {
  if (child?.pid === undefined) return
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

async function moveToTrash(path: string): Promise<string | null> {
  try {
    await shell.trashItem(path)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Answers what the engine asks of the shell, until it ends. */
export function serveEngine(engine: EngineProcess): ServedEngine {
  const lane = laneOf(engine.link, 'host')
  const send = (message: FromShell): void => lane.send(message)
  const computes = new Map<number, UtilityProcess>()

  function startCompute({ id, script }: Extract<ToShell, { t: 'start-compute' }>): void {
    const options = { serviceName: 'Maskbench compute', stdio: 'pipe' } as const
    const child = utilityProcess.fork(script, [], options)
    computes.set(id, child)
    const streams = [child.stdout, child.stderr].filter((stream) => stream !== null)
    const printed = lastLines(streams)
    child.once('spawn', () => {
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage(null, [port1])
      const value: FromShell = { t: 'compute-port', id, processId: child.pid ?? null }
      engine.sendPorts?.({ lane: 'host', value }, [port2])
    })
    child.once('exit', async (exitCode) => {
      computes.delete(id)
      await Promise.race([printed.complete, setTimeout(printedPatienceMs)])
      send({ t: 'compute-ended', id, exitCode, lastLines: printed.text() })
    })
  }

  lane.onMessage((raw) => {
    const message = toShellSchema.parse(raw)
    if (message.t === 'start-compute') startCompute(message)
    else if (message.t === 'end-compute') kill(computes.get(message.id))
    else
      void moveToTrash(message.path).then((error) => send({ t: 'trashed', id: message.id, error }))
  })
  return {
    askToClose: () => send({ t: 'close' }),
    end: () => [...computes.values()].forEach(kill),
  }
}
