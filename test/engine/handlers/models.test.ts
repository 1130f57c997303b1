import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openProject } from '../../../src/engine/db/project.ts'
import { loadSettings } from '../../../src/engine/db/settings.ts'
import { modelInFolder } from '../../../src/engine/models/model-folder.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { readOnnx } from '../../../src/engine/onnx/file.ts'
import { rejection } from '../../fixtures/caught.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'
import { eight, quickChoice, trainingBench } from '../../fixtures/training-bench.ts'
import { ended, type Page } from '../../fixtures/workbench.ts'

const { bench, make, open, labelled } = trainingBench()
const builtIn = 'deeplabv3-mobilenetv2-voc'
const training = {
  startedAt: '2026-05-01T10:00:00.000Z',
  preset: 'recommended',
  adopted: true,
  base: { id: 'good', sha256: 'a'.repeat(64) },
  labels: [{ tape: 1, frame: 4, sha256: 'b'.repeat(64) }],
  heldOut: [],
  selection: null,
}

/** Puts a network into a closed project, as a training would have made it. */
async function addTrained(path: string, id: string, changes: object = {}): Promise<void> {
  const folder = await tinyNetwork(projectModelFolder(path, id), undefined, id)
  const file = join(folder, 'model.json')
  const description: unknown = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(
    file,
    JSON.stringify(Object.assign({}, description, { parent: 'good', training }, changes)),
  )
}

/** A host's own way to a trash: a folder. */
async function trash(path: string): Promise<void> {
  const project = basename(dirname(dirname(path)))
  await mkdir(bench.at('trash', project), { recursive: true })
  await rename(path, bench.at('trash', project, basename(path)))
}

const models = (client: Page, project: string) => client.call('models.list', { project })
const inUse = async (client: Page, project: string) =>
  (await client.call('project.state', { project })).model

describe('the networks of a project', () => {
  test('are listed with where they come from, the built-in one first', async () => {
    const path = await make('list', () => {})
    await addTrained(path, 'night')
    const { client, project } = await open(path)
    const listed = await models(client, project)
    expect(listed.map(({ id }) => id).slice(0, 1)).toEqual([builtIn])
    expect(listed.map(({ id }) => id).sort()).toEqual([builtIn, 'good', 'night', 'tiny'].sort())
    expect(listed[0]).toMatchObject({ kind: 'built-in', active: false, problem: null })
    expect(listed[0]?.bytes).toBeGreaterThan(1_000_000)
    const of = (id: string) => listed.find((each) => each.id === id)
    expect(of('tiny')).toMatchObject({ kind: 'added', active: true, name: 'Tiny', training: null })
    expect(of('night')).toMatchObject({
      ...{ kind: 'fine-tuned', active: false, problem: null, createdAt: training.startedAt },
      training: { id: null, base: 'good', labels: [{ tape: 1, frame: 4 }], adopted: true },
    })
  })

  test('can be put to use and called by another name', async () => {
    const { client, project } = await open(await make('use', () => {}))
    const changed: string[][] = []
    client.on('project.changed', ({ parts }) => changed.push(parts))
    await client.call('models.activate', { project, model: 'good' })
    expect(await inUse(client, project)).toEqual({ id: 'good', name: 'Tiny', problem: null })
    await client.call('models.rename', { project, model: 'good', name: '  Day “A” ☀️ ' })
    expect((await inUse(client, project)).name).toBe('Day “A” ☀️')
    await client.call('models.activate', { project, model: builtIn })
    expect((await inUse(client, project)).id).toBe(builtIn)
    expect(changed).toEqual([
      ['model', 'models'],
      ['model', 'models'],
      ['model', 'models'],
    ])
    for (const bad of ['nobody', '../good', '', '.']) {
      const error = await rejection(client.call('models.activate', { project, model: bad }))
      expect(error).toMatchObject({ code: 'no-such-model', hint: expect.stringContaining('tiny') })
    }
    const built = client.call('models.rename', { project, model: builtIn, name: 'Mine' })
    expect((await rejection(built)).code).toBe('bad-value')
    const empty = client.call('models.rename', { project, model: 'good', name: '   ' })
    expect((await rejection(empty)).code).toBe('bad-value')
  })

  test('of another recipe are listed as such, and cannot be put to use', async () => {
    const path = await make('geometry', () => {})
    await addTrained(path, 'elsewhere', { geometryHash: 'f'.repeat(64) })
    const { client, project } = await open(path)
    const listed = await models(client, project)
    expect(listed.find(({ id }) => id === 'elsewhere')?.problem).toContain('another recipe')
    const use = client.call('models.activate', { project, model: 'elsewhere' })
    expect((await rejection(use)).code).toBe('other-geometry')
  })

  test('go out as files that can be read, to where the page may write', async () => {
    const root = bench.at()
    const { client, project } = await open(await make('export', () => {}), { roots: [root] })
    const path = bench.at('good.onnx')
    await client.call('models.export', { project, model: 'good', path })
    expect((await readOnnx(path)).graph.outputs.map(({ name }) => name)).toEqual(['logits'])
    const outside = client.call('models.export', { project, model: 'good', path: '/tmp/x.onnx' })
    expect((await rejection(outside)).code).toBe('outside-roots')
    expect(existsSync('/tmp/x.onnx')).toBe(false)
  })
})

describe('a network that is thrown away', () => {
  test('goes to the trash, and what it was trained from takes its place', async () => {
    const path = await make('trash', () => {})
    await addTrained(path, 'night')
    await addTrained(path, 'later', { parent: 'gone' })
    const { client, project } = await open(path, { trash })
    await client.call('models.activate', { project, model: 'night' })
    await client.call('models.trash', { project, model: 'night' })
    expect((await inUse(client, project)).id).toBe('good')
    expect(existsSync(projectModelFolder(path, 'night'))).toBe(false)
    expect(
      (await modelInFolder(bench.at('trash', 'trash.maskbench', 'night'), 'project'))?.description
        .id,
    ).toBe('night')
    await client.call('models.activate', { project, model: 'later' })
    await client.call('models.trash', { project, model: 'later' })
    expect((await inUse(client, project)).id).toBe(builtIn)
    await client.call('models.trash', { project, model: 'tiny' })
    expect((await models(client, project)).map(({ id }) => id)).toEqual([builtIn, 'good'])
    for (const [model, code] of [
      [builtIn, 'bad-value'],
      ['night', 'no-such-model'],
      ['../models/good', 'no-such-model'],
    ] as const)
      expect((await rejection(client.call('models.trash', { project, model }))).code).toBe(code)
    expect(existsSync(projectModelFolder(path, 'good'))).toBe(true)
  })

  test('stays while a training starts from it', async () => {
    const { client, project } = await labelled('in use', eight, { trash })
    const choice = { ...quickChoice, base: 'good' }
    const { job } = await client.call('training.start', { project, choice })
    const error = await rejection(client.call('models.trash', { project, model: 'good' }))
    expect(error).toMatchObject({ code: 'model-in-use', message: expect.stringContaining('good') })
    await ended(client, project, job)
    await client.call('models.trash', { project, model: 'good' })
  })

  test('stays where there is no trash', async () => {
    const path = await make('no trash', () => {})
    const nowhere = async () => {
      throw new Error('no trash here')
    }
    const { client, project } = await open(path, { trash: nowhere })
    await rejection(client.call('models.trash', { project, model: 'tiny' }))
    expect((await inUse(client, project)).id).toBe('tiny')
    expect(existsSync(projectModelFolder(path, 'tiny'))).toBe(true)
  })
})

describe('the network in use whose folder somebody has removed', () => {
  test('is told of, and everything that needs it says what to do', async () => {
    const path = await make('removed', () => {})
    const { client, project } = await open(path)
    await rm(projectModelFolder(path, 'tiny'), { recursive: true })
    const { model } = await client.call('project.state', { project })
    expect(model).toMatchObject({ id: 'tiny', problem: expect.stringContaining('no longer') })
    const listed = await models(client, project)
    expect(listed.find(({ active }) => active)).toMatchObject({
      id: 'tiny',
      problem: expect.stringContaining('no longer'),
      bytes: 0,
    })
    const at = { project, tape: 1 }
    const clear = { code: 'no-such-model', hint: expect.stringContaining('Choose another network') }
    expect(await rejection(client.call('labels.predict', { ...at, frame: 3 }))).toMatchObject(clear)
    expect(await rejection(client.call('runs.start', at))).toMatchObject(clear)
    expect((await client.call('runs.plan', at)).problem).toMatchObject(clear)
    await client.call('models.activate', { project, model: 'good' })
    expect(await client.call('labels.predict', { ...at, frame: 3 })).toEqual({ model: 'good' })
  })

  test('does not keep a project from being opened', async () => {
    const path = await make('opened', () => {})
    await rm(projectModelFolder(path, 'tiny'), { recursive: true })
    const { client, project } = await open(path)
    expect((await inUse(client, project)).problem).toContain('no longer')
  })

  test('or damaged: it can still be thrown away', async () => {
    const path = await make('damaged', () => {})
    await writeFile(join(projectModelFolder(path, 'tiny'), 'model.json'), '{"id": ')
    const { service, client, project } = await open(path, { trash })
    const damaged = (await models(client, project)).find(({ id }) => id === 'tiny')
    expect(damaged).toMatchObject({ active: true, problem: expect.stringContaining('model.json') })
    await client.call('models.trash', { project, model: 'tiny' })
    expect((await inUse(client, project)).id).toBe(builtIn)
    await service.close()
    const closed = openProject(path, { mode: 'read' })
    expect(loadSettings(closed).activeModel).toBe(builtIn)
    closed.close()
  })
})
