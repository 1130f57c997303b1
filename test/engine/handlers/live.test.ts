import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { getSource } from '../../../src/engine/db/sources.ts'
import { openEngine } from '../../../src/engine/engine.ts'
import { inferTape } from '../../../src/engine/jobs/infer-tape.ts'
import { scoreRegions } from '../../../src/engine/jobs/region-scores.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import type { LiveState } from '../../../src/shared/contract/live.ts'
import { unpackLivePicture } from '../../../src/shared/live-picture.ts'
import type { Point } from '../../../src/shared/region.ts'
import { allBytes } from '../../fixtures/all-bytes.ts'
import { rejection } from '../../fixtures/caught.ts'
import { greyFilm } from '../../fixtures/grey-film.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { jpegsOf, secrets, servedCamera } from '../../fixtures/served-camera.ts'
import { servedRtsp, transportStream } from '../../fixtures/served-rtsp.ts'
import { squareFrames } from '../../fixtures/square-tape.ts'
import { ended, loadPage, openHeld, type Page, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

/** The left half, through which the square walks. */
const points: Point[] = [
  [0, 0],
  [48, 0],
  [48, 64],
  [0, 64],
]
const region = {
  name: 'door',
  kind: 'count',
  group: null,
  colour: null,
  threshold: null,
} as const

/** A project with a region, on a page; every state that pages were told is in `told`. */
async function looking(name: string) {
  const folder = bench.at(name)
  const path = await paintable(folder)
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openHeld(client, path)
  await client.call('regions.set', { project, regions: [{ ...region, points }] })
  const told: LiveState[] = []
  client.on('live.state', ({ state }) => told.push(state))
  const pictures = await jpegsOf(join(folder, 'walk'), squareFrames)
  return { path, service, client, project, told, pictures }
}

const filmSeconds = 12

/** Resolves with the first state from now on that is as wished. */
function stateOf(client: Page, isWished: (state: LiveState) => boolean): Promise<LiveState> {
  const { promise, resolve, reject } = Promise.withResolvers<LiveState>()
  let last: LiveState | null = null
  const stop = client.on('live.state', ({ state }) => {
    last = state
    if (isWished(state)) resolve(state)
  })
  const timer = setTimeout(() => reject(new Error(`last: ${JSON.stringify(last)}`)), 25_000)
  onTestFinished(() => {
    stop()
    clearTimeout(timer)
  })
  return promise
}

async function serve(pictures: readonly Buffer[], options = {}) {
  const camera = await servedCamera(pictures, options)
  onTestFinished(() => camera[Symbol.asyncDispose]())
  return camera
}

describe('a camera on the network', () => {
  it('is looked at, recorded, and becomes a tape that counts the same', async () => {
    const { path, service, client, project, told, pictures } = await looking('recorded')
    const camera = await serve(pictures)
    await client.call('live.start', { project, address: camera.url })
    const state = await stateOf(client, ({ seen }) => seen >= 10)
    expect(state).toMatchObject({ status: 'connected', model: 'Tiny', address: camera.url })
    expect(state.camera).toMatchObject({ width: 96, height: 64, codec: 'mjpeg' })

    const address = byteAddress.livePicture(project, 0)
    const answer = await service.bytes(new Request(`http://localhost${address}`))
    const { jpeg, map, number } = unpackLivePicture(new Uint8Array(await answer.arrayBuffer()))
    expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8])
    expect([map.width, map.height]).toEqual([12, 8])
    expect(number).toBeGreaterThan(0)

    await client.call('live.record', { project, on: true })
    const before = camera.sent
    const from = told.length
    const steady = await stateOf(client, ({ recording }) => (recording?.frames ?? 0) >= 40)
    expect(steady.framesPerSecond).toBeGreaterThan(2)
    expect(steady.framesPerSecond).toBeLessThan(15)
    expect(steady.cameraFramesPerSecond).toBeGreaterThan(3)
    expect(steady.delaySeconds).toBeGreaterThanOrEqual(0)
    expect(steady.delaySeconds).toBeLessThan(4)
    const seen = told.slice(from).flatMap(({ regions }) => regions.map(({ sum }) => sum))
    await client.call('live.record', { project, on: false })
    const sent = camera.sent - before
    const { recorded } = await stateOf(client, (each) => (each.recorded?.job ?? null) !== null)
    await client.call('live.stop', { project })
    expect((await client.call('live.state', { project }))?.status).toBe('stopped')

    expect(await ended(client, project, recorded?.job ?? -1)).toMatchObject({ state: 'done' })
    const tape = (await client.call('project.state', { project })).tapes[1]
    expect(tape?.frames).toBe(recorded?.frames)
    expect(Math.abs((tape?.frames ?? 0) - sent)).toBeLessThan(15)
    expect(tape?.seconds).toBeCloseTo((tape?.frames ?? 0) / 10, 0)

    await client.call('projects.close', { project })
    await service.close()
    await using engine = openEngine(path, 'write')
    const { run } = await inferTape(engine, getSource(engine.project, 2), {}, {})
    const sums = scoreRegions(engine.project, run, 0.5)[0]?.sums ?? new Float64Array()
    expect(new Set(seen).size).toBeGreaterThan(5)
    for (const sum of seen)
      expect(Math.min(...sums.map((each) => Math.abs(each - sum)))).toBeLessThan(1e-6)
  })

  it('is tried again when the connection is cut, and said to be lost until then', async () => {
    const { client, project, pictures } = await looking('cut')
    const camera = await serve(pictures)
    await client.call('live.start', { project, address: camera.url })
    await stateOf(client, ({ seen }) => seen >= 5)
    await client.call('live.record', { project, on: true })
    await stateOf(client, ({ recording }) => (recording?.frames ?? 0) >= 5)
    camera.refuse(true)
    camera.cut()
    const lost = await stateOf(client, ({ status }) => status === 'reconnecting')
    expect(lost).toMatchObject({ regions: [], framesPerSecond: 0, recording: null })
    expect(lost.error?.code).toBe('camera-lost')
    expect(lost.recorded?.frames).toBeGreaterThanOrEqual(5)
    camera.refuse(false)
    const back = await stateOf(client, ({ status, seen }) => status === 'connected' && seen > 3)
    expect(back.error).toBeNull()
  })

  it('keeps its password to itself: in states, errors, jobs and files', async () => {
    const { path, client, project, told, pictures } = await looking('secret')
    const camera = await serve(pictures, { needsPassword: true })
    await client.call('live.start', { project, address: camera.secretUrl })
    await stateOf(client, ({ seen }) => seen >= 5)
    await client.call('live.record', { project, on: true })
    await stateOf(client, ({ recording }) => (recording?.frames ?? 0) >= 5)
    await client.call('live.record', { project, on: false })
    const { recorded } = await stateOf(client, (each) => (each.recorded?.job ?? null) !== null)
    await ended(client, project, recorded?.job ?? -1)
    camera.refuse(true)
    camera.cut()
    await stateOf(client, ({ status }) => status === 'reconnecting')
    await client.call('live.stop', { project })
    const wrong = camera.secretUrl.replace('/video', '/wrong').replace(secrets.token, 'other-t0ken')
    camera.refuse(false)
    await client.call('live.start', { project, address: wrong })
    const failed = await stateOf(client, ({ status }) => status === 'failed')
    expect(failed.error).toMatchObject({ code: 'camera-unreachable' })
    expect(failed.address).toBe(`http://…@127.0.0.1:${camera.port}/wrong?token=…&channel=1`)

    const jobs = await client.call('jobs.list', { project })
    const said = JSON.stringify([told, jobs, await client.call('project.state', { project })])
    const written = await allBytes(path)
    for (const secret of [...Object.values(secrets), 'other-t0ken', btoa('watchman:hunter-2')]) {
      expect(said).not.toContain(secret)
      expect(written.includes(secret)).toBe(false)
    }
  })

  it.each(['basic', 'digest'] as const)(
    'keeps a password that is asked for by RTSP (%s) to itself',
    async (asking) => {
      const { path, client, project, told } = await looking(`rtsp ${asking}`)
      const film = await greyFilm(bench.at(`${asking}.mp4`), filmSeconds)
      const stream = await transportStream(film, bench.at(`${asking}.ts`))
      const camera = await servedRtsp(stream, filmSeconds, asking)
      onTestFinished(() => camera[Symbol.asyncDispose]())
      await client.call('live.start', { project, address: camera.secretUrl })
      const seen = await stateOf(client, (state) => state.seen >= 5)
      expect(seen).toMatchObject({ status: 'connected', camera: { codec: 'h264' } })
      expect(seen.address).toBe(camera.url.replace('//', '//…@'))
      await client.call('live.stop', { project })
      const wrong = camera.secretUrl.replace('hunter-2', 'hunter-3')
      await client.call('live.start', { project, address: wrong })
      const failed = await stateOf(client, ({ status }) => status === 'failed')
      expect(failed.error).toMatchObject({
        code: 'camera-unreachable',
        message: expect.stringContaining('401'),
      })
      const said = JSON.stringify([told, await client.call('jobs.list', { project })])
      const written = await allBytes(path)
      for (const secret of ['hunter-2', 'hunter-3', 'watchman', btoa('watchman:hunter-2')]) {
        expect(said).not.toContain(secret)
        expect(written.includes(secret)).toBe(false)
      }
    },
  )

  it('is said not to be there where it is a webcam that nobody has plugged in', async () => {
    const { client, project } = await looking('webcam')
    for (const address of ['webcam:57', 'webcam:no-such-camera']) {
      await client.call('live.start', { project, address })
      const { error } = await stateOf(client, ({ status }) => status === 'failed')
      expect(error).toMatchObject({
        code: 'camera-unreachable',
        message: expect.stringMatching(/^there is no such camera at this computer/),
        hint: expect.stringContaining('Plug it in'),
      })
      expect(error?.hint).not.toContain('password')
    }
  })

  it('is refused in words where there is none, or its address is of something else', async () => {
    const { client, project } = await looking('refused')
    for (const address of ['file:///etc/passwd', '/etc/passwd', 'concat:a.ts|b.ts'])
      expect(await rejection(client.call('live.start', { project, address }))).toMatchObject({
        code: 'bad-address',
      })
    const none = await rejection(client.call('live.record', { project, on: true }))
    expect(none).toMatchObject({ code: 'no-camera' })
    await client.call('live.start', { project, address: 'http://127.0.0.1:9/none' })
    const { error } = await stateOf(client, ({ status }) => status === 'failed')
    expect(error?.code).toBe('camera-unreachable')
  })

  it('can be left while it says nothing', async () => {
    const { client, project } = await looking('silent')
    const server = createServer(() => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const isReached = once(server, 'connection')
    await client.call('live.start', { project, address: `http://127.0.0.1:${port}/` })
    await isReached
    const started = performance.now()
    await client.call('live.stop', { project })
    expect(performance.now() - started).toBeLessThan(4000)
    expect((await client.call('live.state', { project }))?.status).toBe('stopped')
  })

  it('is looked at anew when regions are drawn', async () => {
    const { client, project, pictures } = await looking('regions')
    const camera = await serve(pictures)
    await client.call('live.start', { project, address: camera.url })
    await stateOf(client, ({ regions }) => regions.length === 1)
    const two = [
      { ...region, points },
      { ...region, name: 'window', points },
    ]
    await client.call('regions.set', { project, regions: two })
    const { status, live } = await stateOf(client, ({ regions }) => regions.length === 2)
    expect({ status, live }).toEqual({ status: 'connected', live: 1 })
  })

  it('lets go of everything when the project is closed', async () => {
    const { service, client, project, pictures } = await looking('closed')
    const camera = await serve(pictures)
    await client.call('live.start', { project, address: camera.url })
    await stateOf(client, ({ seen }) => seen >= 3)
    await service.close()
    const { sent } = camera
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(camera.sent - sent).toBeLessThanOrEqual(1)
  })
})
