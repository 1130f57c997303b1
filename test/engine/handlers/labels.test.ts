import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { addStroke } from '../../../src/engine/db/painted-masks.ts'
import { openProject } from '../../../src/engine/db/project.ts'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { unpackMask } from '../../../src/shared/mask-codec.ts'
import { rejection } from '../../fixtures/caught.ts'
import { paintedProject, rectangle } from '../../fixtures/painted-project.ts'
import { squareFrames, squareMask } from '../../fixtures/square-tape.ts'
import { trainingProject } from '../../fixtures/training-project.ts'
import { ended, loadPage, openHeld, type Page, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

/** A project in which frame 7 was being painted when it was closed. */
async function openPainted(name: string) {
  const path = bench.at(name)
  const before = paintedProject(path)
  const at = { source: 1, frame: 7 }
  addStroke(before, at, rectangle([4, 3, 5, 5], { session: 's', number: 1 }))
  before.close()
  const client = loadPage(bench.start())
  return { path, client, project: (await openHeld(client, path)).project }
}

const framesOf = async (client: Page, project: string) =>
  (await client.call('project.state', { project })).frames.map(
    ({ frame, label, flagged }) => `${frame} ${label}${flagged ? ' flagged' : ''}`,
  )

describe('a frame', () => {
  test('is labelled by strokes, empty when somebody says so, and nothing once its label is taken off', async () => {
    const { client, project } = await openPainted('frame.maskbench')
    const on = (frame: number) => ({ project, tape: 1, frame })
    expect(await framesOf(client, project)).toEqual(['7 labelled'])
    expect(await client.call('labels.setEmpty', on(9))).toEqual({ version: 1 })
    await client.call('labels.flag', { ...on(9), flagged: true })
    await client.call('labels.flag', { ...on(8), flagged: true })
    expect(await framesOf(client, project)).toEqual([
      '7 labelled',
      '8 none flagged',
      '9 empty flagged',
    ])
    expect(await client.call('labels.fold', on(7))).toEqual({ version: 1 })
    expect(await client.call('labels.fold', on(8))).toEqual({ version: 0 })
    expect(await client.call('labels.setEmpty', on(7))).toEqual({ version: 2 })
    await client.call('labels.remove', on(9))
    await client.call('labels.flag', { ...on(9), flagged: false })
    expect(await framesOf(client, project)).toEqual(['7 empty', '8 none flagged'])
  })

  test('is refused where the tape has none such, and where the page may only read', async () => {
    const { path, client, project } = await openPainted('refused.maskbench')
    const flag = { project, tape: 1, frame: 7, flagged: true }
    const codes = [
      { ...flag, frame: 100 },
      { ...flag, tape: 2 },
      { ...flag, project: 'nobody' },
    ].map(async (args) => (await rejection(client.call('labels.flag', args))).code)
    expect(await Promise.all(codes)).toEqual([
      'no-such-frame',
      'no-such-tape',
      'no-such-project-handle',
    ])
    const reader = await openHeld(client, path, 'page-two')
    const asReader = client.call('labels.flag', { ...flag, project: reader.project })
    expect((await rejection(asReader)).code).toBe('read-only')
  })
})

describe('classes', () => {
  const background = { index: 0, name: 'background', colour: '#000000' }
  const person = { index: 1, name: 'person', colour: '#e69f00' }
  const cart = { index: 2, name: 'cart', colour: '#0000ff' }

  test('can be added, exchange names, and go unless something is painted with them', async () => {
    const { client, project } = await openPainted('classes.maskbench')
    const set = (...classes: (typeof person)[]) => client.call('classes.set', { project, classes })
    const now = async () => (await client.call('project.state', { project })).classes
    await set(background, person, cart)
    await set(background, { ...person, name: 'cart' }, { ...cart, name: 'person' })
    expect((await now()).map(({ name }) => name)).toEqual(['background', 'cart', 'person'])
    await set(background, person)
    expect(await now()).toEqual([background, person])
    expect(await rejection(set(background, cart))).toMatchObject({
      code: 'bad-value',
      message: 'the class "person" is painted in 1 frame',
    })
    expect((await rejection(set(person))).message).toContain('background')
    expect((await rejection(set(background, person, { ...cart, index: 1 }))).code).toBe('bad-value')
    expect((await rejection(set(background, person, { ...cart, name: 'person' }))).code).toBe(
      'bad-value',
    )
    expect(await now()).toEqual([background, person])
  })
})

describe('masks as files', () => {
  test('go out with what was painted last, and come in again', async () => {
    const { client, project } = await openPainted('files.maskbench')
    const folder = bench.at('masks')
    const out = await client.call('labels.export', { project, tape: 1, folder })
    expect((await ended(client, project, out.job)).state).toBe('done')
    expect(await readdir(folder)).toEqual(['000007.png'])
    await client.call('labels.remove', { project, tape: 1, frame: 7 })
    const back = await client.call('labels.import', { project, tape: 1, folder })
    expect((await ended(client, project, back.job)).state).toBe('done')
    expect(await framesOf(client, project)).toEqual(['7 labelled'])
  })
})

describe('the active network', () => {
  test('looks at a frame, and frames are suggested that look different', async () => {
    const { template } = await trainingProject(bench.at)
    const before = openProject(template, { mode: 'write' })
    saveSettings(before, { activeModel: 'good' })
    before.close()
    const service = bench.start()
    const client = loadPage(service)
    const { project } = await openHeld(client, template)
    const at = { project, tape: 1, frame: 11 }
    const ask = () => service.bytes(new Request(`http://page${byteAddress.prediction(at)}`))
    expect((await ask()).status).toBe(404)
    expect(await client.call('labels.predict', at)).toEqual({ model: 'good' })
    const seen = unpackMask(new Uint8Array(await (await ask()).arrayBuffer()))
    expect(seen).toMatchObject({ width: 96, height: 64 })
    const truth = squareMask(11)
    const mean = (value: number) => {
      const found = seen.data.filter((_, i) => truth[i] === value)
      return found.reduce((sum, probability) => sum + probability, 0) / found.length
    }
    expect(mean(1)).toBeGreaterThan(mean(0) + 80)

    await client.call('labels.setEmpty', { ...at, frame: 0 })
    const suggested = await client.call('labels.suggest', { project, count: 4 })
    const frames = suggested.map(({ frame }) => frame)
    expect(new Set(frames).size).toBe(4)
    expect(frames).not.toContain(0)
    for (const { tape, frame, why } of suggested) {
      expect(tape).toBe(1)
      expect(frame).toBeLessThan(squareFrames)
      expect(why).toContain('looks different')
    }
  })
})
