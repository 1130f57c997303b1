import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createService } from '../../../src/engine/handlers.ts'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import { EngineStore } from '../../../src/renderer/src/state/engine-store.ts'
import { ProjectsStore } from '../../../src/renderer/src/state/projects-store.ts'
import type { Store } from '../../../src/renderer/src/state/store.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { serve } from '../../../src/shared/rpc-serve.ts'
import { memoryPair, type Transport } from '../../../src/shared/transport.ts'
import { freshDataFolder } from '../../fixtures/data-folder.ts'

let remove: () => Promise<void>

beforeEach(async () => {
  ;({ remove } = await freshDataFolder())
})

afterEach(() => remove())

/** Connects a page to an engine; `cut` breaks the wire. */
async function connected(): Promise<{ engine: EngineStore; cut: () => void }> {
  const engineEnds: Transport[] = []
  const engine = new EngineStore(async () => {
    const [page, engineEnd] = memoryPair()
    engineEnds.push(engineEnd)
    serve(engineEnd, createService('browser'))
    return page
  })
  await engine.open()
  return { engine, cut: () => engineEnds.at(-1)?.send({ t: 'closed' }) }
}

function clientOf(engine: EngineStore) {
  const state = engine.get()
  if (state.status !== 'open') throw new Error(`the engine is ${state.status}`)
  return state.client
}

/** Waits until the store holds a value that fits. */
function settles<Value>(store: Store<Value>, fits: (value: Value) => boolean): Promise<Value> {
  return vi.waitUntil(() => fits(store.get()) && store.get()) as Promise<Value>
}

describe('the connection to the engine', () => {
  it('is lost when the wire breaks, and comes back when it is opened again', async () => {
    const { engine, cut } = await connected()
    cut()
    const lost = await settles(engine, ({ status }) => status === 'lost')
    expect(lost).toMatchObject({ error: { code: 'disconnected' } })
    await engine.open()
    expect(await clientOf(engine).call('projects.list', {})).toEqual([])
  })

  it('says why it cannot be opened', async () => {
    const engine = new EngineStore(() =>
      Promise.reject(new AppError('disconnected', 'nobody is there')),
    )
    await engine.open()
    expect(engine.get()).toMatchObject({ status: 'lost', error: { message: 'nobody is there' } })
  })
})

describe('the list of projects', () => {
  it('follows the engine until it is told not to', async () => {
    await rememberProject('/tapes/hall.maskbench')
    const { engine } = await connected()
    const client = clientOf(engine)
    const store = new ProjectsStore(client)
    const stop = store.follow()
    await settles(store, ({ projects }) => projects?.length === 1)
    await client.call('projects.forget', { path: '/tapes/hall.maskbench' })
    await settles(store, ({ projects }) => projects?.length === 0)
    stop()
    await rememberProject('/tapes/yard.maskbench')
    await client.call('projects.forget', { path: '/tapes/none.maskbench' })
    expect(store.get().projects).toEqual([])
  })

  it('keeps what it last knew when the engine is gone, and says so', async () => {
    await rememberProject('/tapes/hall.maskbench')
    const { engine, cut } = await connected()
    const store = new ProjectsStore(clientOf(engine))
    await store.refresh()
    cut()
    await settles(engine, ({ status }) => status === 'lost')
    await store.refresh()
    expect(store.get().projects).toHaveLength(1)
    expect(store.get().error?.code).toBe('disconnected')
  })
})
