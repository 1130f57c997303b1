import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { byteAddress, type TrainingNetwork } from '../../../src/shared/byte-routes.ts'
import type { TrainingStep } from '../../../src/shared/contract/training.ts'
import { unpackMask } from '../../../src/shared/mask-codec.ts'
import { rejection } from '../../fixtures/caught.ts'
import { squareMask } from '../../fixtures/square-tape.ts'
import {
  eight,
  label,
  latestTraining,
  paintStroke,
  quickChoice,
  trainingBench,
} from '../../fixtures/training-bench.ts'
import { ended, loadPage, openHeld } from '../../fixtures/workbench.ts'

const { make, open, labelled } = trainingBench()
const choice = quickChoice

describe('before a training', () => {
  test('its presets are told, the recommended one first', async () => {
    const { client, project } = await labelled('presets')
    const presets = await client.call('training.presets', { project })
    expect(presets[0]).toMatchObject({ name: 'recommended', title: 'Recommended' })
    for (const { title, description } of presets) {
      expect(title).not.toBe('')
      expect(description).not.toBe('')
    }
  })

  test('its plan counts what is being painted, and says what it would do', async () => {
    const path = await make('plan', (project) => {
      label(project, eight.slice(1))
      paintStroke(project, 1)
    })
    const { client, project } = await open(path)
    const plan = await client.call('training.plan', { project, choice: {} })
    expect(plan).toMatchObject({
      base: { id: 'tiny', name: 'Tiny' },
      preset: 'recommended',
      device: 'auto',
      isMeasured: false,
      warnings: [],
      heldOut: [
        { tape: 1, frame: 7 },
        { tape: 1, frame: 19 },
      ],
    })
    expect(plan.labels.map(({ frame }) => frame)).toEqual(eight)
    expect(plan.seconds).toBeGreaterThan(1)
    const other = { ...choice, preset: 'all-layers', base: 'good', holdOut: 'none' } as const
    expect(await client.call('training.plan', { project, choice: other })).toMatchObject({
      base: { id: 'good' },
      settings: { preset: 'all-layers', iterations: 40, batch: 4 },
      heldOut: [],
    })
  })

  test('its plan warns where too few frames are painted to compare', async () => {
    const { client, project } = await labelled('few', [2, 12])
    const plan = await client.call('training.plan', { project, choice: {} })
    expect(plan.heldOut).toEqual([])
    expect(plan.warnings[0]).toMatch(/^with 2 labelled frames/)
  })

  test.each([
    ['no labels', [], squareMask, 'no-labels'],
    ['nobody', eight, (frame: number) => squareMask(frame).fill(0), 'one-class'],
    ['nothing but people', eight, (frame: number) => squareMask(frame).fill(1), 'one-class'],
  ] as const)('it is told what stands in the way: %s', async (name, frames, paint, code) => {
    const { client, project } = await open(await make(name, (made) => label(made, frames, paint)))
    for (const method of ['training.plan', 'training.start'] as const) {
      const error = await rejection(client.call(method, { project, choice }))
      expect(error.code).toBe(code)
      expect(error.hint).not.toBe('')
    }
    expect(await client.call('jobs.list', { project })).toMatchObject([{ kind: 'import' }])
    expect((await rejection(client.call('training.resume', { project }))).code).toBe('no-training')
  })
})

describe('a training', () => {
  test('is told step by step, and leaves a better network in use', async () => {
    const { path, service, client, project } = await labelled('better', eight, {
      previewSeconds: 0,
    })
    const steps = new Map<string, TrainingStep[]>()
    client.on('training.steps', (news) => {
      steps.set(news.part, [...(steps.get(news.part) ?? []), ...news.steps])
    })
    const { job } = await client.call('training.start', { project, choice })
    expect(await ended(client, project, job)).toMatchObject({ state: 'done', kind: 'train' })
    for (const part of ['trial', 'final'])
      expect(steps.get(part)?.map(({ iteration }) => iteration)).toEqual(
        Array.from({ length: 40 }, (_, i) => i + 1),
      )
    const training = await latestTraining(client, project)
    expect(training).toMatchObject({
      ...{ job, state: 'done', resumable: false, preset: 'recommended', adopted: true },
      ...{ model: 'fine-tuned-1', base: { id: 'tiny', name: 'Tiny' }, error: null },
      parts: [
        { name: 'trial', iterations: 40 },
        { name: 'final', iterations: 40 },
      ],
      forecast: { secondsPerStep: expect.any(Number), memoryBytes: expect.any(Number) },
      preview: { tape: 1, frame: 7 },
    })
    expect(training.parts.map((part) => part.steps)).toEqual([...steps.values()])
    const { selection, heldOut, watched } = training
    expect(watched).toEqual({ tape: 1, frame: 7, base: heldOut[0]?.base })
    for (const { looks, iterations } of training.parts) {
      expect(looks.length).toBeGreaterThan(0)
      for (const look of looks) {
        expect(look.iteration).toBeLessThanOrEqual(iterations)
        expect(look.personIou).toBeGreaterThanOrEqual(0)
        expect(look.personIou).toBeLessThanOrEqual(1)
      }
    }
    expect(selection?.new.personIou).toBeGreaterThan((selection?.base.personIou ?? 1) + 0.2)
    expect(heldOut.map(({ frame }) => frame)).toEqual([7, 19])
    for (const frame of heldOut) expect(frame.new).toBeGreaterThan(frame.base ?? 1)
    const state = await client.call('project.state', { project })
    expect(state.model).toMatchObject({ id: 'fine-tuned-1', problem: null })

    const look = async (frame: number, network: TrainingNetwork) => {
      const at = { project, tape: 1, frame }
      const address = byteAddress.trainingPrediction(at, training.id, network)
      const answer = await service.bytes(new Request(`http://page${address}`))
      return answer.status === 200 ? unpackMask(new Uint8Array(await answer.arrayBuffer())) : null
    }
    for (const { frame } of heldOut) {
      const truth = squareMask(frame)
      const found = (mask: Uint8Array) => mask.filter((p, i) => p > 127 && truth[i] === 1).length
      const [before, after] = [await look(frame, 'base'), await look(frame, 'new')]
      expect(before).toMatchObject({ width: 96, height: 64 })
      expect(found(after?.data ?? new Uint8Array())).toBeGreaterThan(
        found(before?.data ?? truth.map(() => 255)),
      )
    }
    // The cache may be deleted at any time; the network of the trial is gone with it.
    const before = await look(19, 'base')
    await rm(join(path, 'cache'), { recursive: true })
    expect(await look(19, 'base')).toEqual(before)
    expect(await look(19, 'new')).toBeNull()
    expect(await look(1, 'base')).toBeNull()

    expect(await look(7, 'live')).toMatchObject({ width: 96, height: 64 })
    expect(await look(19, 'live')).toBeNull()
    expect(await look(1, 'new')).toBeNull()

    const plan = await client.call('training.plan', { project, choice })
    expect(plan).toMatchObject({ isMeasured: true, device: 'cpu', base: { id: 'tiny' } })
  })

  test('is the only one of its project', async () => {
    const { path, client, project } = await labelled('second')
    const { job } = await client.call('training.start', { project, choice })
    const again = await rejection(client.call('training.start', { project, choice }))
    expect(again).toMatchObject({ code: 'training-under-way' })
    expect((await rejection(client.call('training.resume', { project }))).code).toBe(
      'training-under-way',
    )
    const reader = await openHeld(client, path, 'page-two')
    const asReader = client.call('training.start', { project: reader.project, choice })
    expect((await rejection(asReader)).code).toBe('read-only')
    expect((await ended(client, project, job)).state).toBe('done')
    const seen = await client.call('training.list', { project: reader.project })
    expect(seen).toMatchObject([{ state: 'done' }])
    const trainings = (await client.call('jobs.list', { project })).filter(
      ({ kind }) => kind === 'train',
    )
    expect(trainings).toHaveLength(1)
  })

  test('goes on while the page is loaded again, which then sees it as it is', async () => {
    const { path, service, client, project } = await labelled('reloaded')
    const begun = Promise.withResolvers<void>()
    client.on('training.steps', () => begun.resolve())
    const long = { ...choice, iterations: 2000 }
    const { job } = await client.call('training.start', { project, choice: long })
    await begun.promise
    client.close()
    const again = loadPage(service)
    const { project: same } = await openHeld(again, path)
    const training = await latestTraining(again, same)
    expect(training).toMatchObject({ state: 'running', resumable: false })
    expect(training.forecast?.seconds).toBeGreaterThan(0)
    await again.call('jobs.cancel', { project: same, job })
    expect((await ended(again, same, job)).state).toBe('cancelled')
    expect(await latestTraining(again, same)).toMatchObject({
      state: 'cancelled',
      resumable: true,
      adopted: null,
      error: null,
    })
  })
})
