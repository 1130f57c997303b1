import { describe, expect, it } from 'vitest'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import { EngineStore } from '../../../src/renderer/src/state/engine-store.ts'
import { ProjectsStore } from '../../../src/renderer/src/state/projects-store.ts'
import { SettingsStore } from '../../../src/renderer/src/state/settings-store.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { connectPage, settles } from '../../fixtures/page-stores.ts'
import { testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

describe('the connection to the engine', () => {
  it('is lost when the wire breaks, and comes back when it is opened again', async () => {
    const { engine, cut } = await connectPage(bench.start())
    cut()
    const lost = await settles(engine, ({ status }) => status === 'lost')
    expect(lost).toMatchObject({ error: { code: 'disconnected' }, retrying: false })
    await expect(engine.client.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected' })
    await engine.open()
    expect(engine.get()).toMatchObject({ status: 'open', times: 2 })
    expect(await engine.client.call('app.info', {})).toMatchObject({ host: 'browser' })
  })

  it('comes back by itself where it may, and subscriptions go on', async () => {
    const service = bench.start()
    const { engine, cut } = await connectPage(service, { retry: true })
    let heard = 0
    engine.client.on('projects.changed', () => {
      heard += 1
    })
    cut()
    await settles(engine, ({ status }) => status === 'lost')
    await settles(engine, ({ status }) => status === 'open')
    service.events.emit('projects.changed', null)
    await engine.client.call('app.info', {})
    expect(heard).toBe(1)
  })

  it('says why it cannot be opened', async () => {
    const engine = new EngineStore(() =>
      Promise.reject(new AppError('disconnected', 'nobody is there')),
    )
    await engine.open()
    expect(engine.get()).toMatchObject({ status: 'lost', error: { message: 'nobody is there' } })
    expect(engine.hasBeenOpen).toBe(false)
  })
})

describe('the list of projects', () => {
  it('follows the engine until it is told not to', async () => {
    const path = bench.at('hall.maskbench')
    await rememberProject(path)
    const { engine } = await connectPage(bench.start())
    const store = new ProjectsStore(engine.client)
    const stop = store.follow()
    await settles(store, ({ projects }) => projects?.length === 1)
    await engine.client.call('projects.forget', { path })
    await settles(store, ({ projects }) => projects?.length === 0)
    stop()
    await rememberProject(bench.at('yard.maskbench'))
    await engine.client.call('projects.forget', { path })
    expect(store.get().projects).toEqual([])
  })

  it('keeps what it last knew when the engine is gone, and says so', async () => {
    await rememberProject(bench.at('hall.maskbench'))
    const { engine, cut } = await connectPage(bench.start())
    const store = new ProjectsStore(engine.client)
    await store.refresh()
    const known = store.get().projects
    expect(known?.length).toBeGreaterThan(0)
    cut()
    await settles(engine, ({ status }) => status === 'lost')
    await store.refresh()
    expect(store.get()).toMatchObject({ projects: known, error: { code: 'disconnected' } })
  })
})

describe('the settings', () => {
  it('are the same in all windows', async () => {
    const service = bench.start()
    const [here, there] = [await connectPage(service), await connectPage(service)]
    const [own, other] = [new SettingsStore(here.engine), new SettingsStore(there.engine)]
    const stops = [own.follow(), other.follow()]
    await own.change({ theme: 'dark', keys: { 'tool.brush': ['Q'] } })
    await settles(other, ({ theme }) => theme === 'dark')
    expect(other.get()).toEqual(own.get())
    for (const stop of stops) stop()
  })

  it('are taken back where they cannot be kept', async () => {
    const { engine, cut } = await connectPage(bench.start())
    const settings = new SettingsStore(engine)
    cut()
    await settles(engine, ({ status }) => status === 'lost')
    await expect(settings.change({ theme: 'dark' })).rejects.toMatchObject({ code: 'disconnected' })
    expect(settings.get().theme).toBe('system')
  })
})
