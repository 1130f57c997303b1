import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { encodeTape } from '../../../../src/engine/media/encode.ts'
import { LiveCamera } from '../../../../src/engine/media/live/live-camera.ts'
import { indexTape, probeTape } from '../../../../src/engine/media/tape.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { servedRtsp, transportStream } from '../../../fixtures/served-rtsp.ts'

const size = { width: 96, height: 64 }
const rate = 20
const seconds = 6
let folder = ''
let film = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-live-'))
  film = join(folder, 'film.mp4')
  const options = { ...size, framesPerSecond: rate, crf: 20, keyframeInterval: rate }
  await using tape = await encodeTape(film, options)
  for (let frame = 0; frame < rate * seconds; frame++)
    await tape.write(new Uint8Array(size.width * size.height * 3).fill(2 * frame))
  await tape.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function ends(): AbortSignal {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  return ended.signal
}

describe('an RTSP camera', () => {
  it('is read at its speed, the latest frame at a time, and recorded as it came', async () => {
    const stream = await transportStream(film, join(folder, 'film.ts'))
    await using server = await servedRtsp(stream, seconds)
    await using camera = await LiveCamera.open(server.url, ends())
    expect(camera.info).toMatchObject({ codec: 'h264', ...size, container: 'rtsp' })
    const path = await camera.record(join(folder, 'recorded'))
    const numbers: number[] = []
    const delays: number[] = []
    const levels: number[] = []
    const watch = async (): Promise<void> => {
      for await (const picture of camera.pictures('')) {
        numbers.push(picture.number)
        delays.push(Date.now() / 1000 - picture.capturedAt)
        levels.push(picture.data[0] ?? -1)
        // Slower than the camera.
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    expect(await rejection(watch())).toMatchObject({ code: 'camera-lost' })
    const recorded = await camera.endRecording()

    expect(numbers.length).toBeGreaterThan(10)
    expect(numbers.length).toBeLessThan(camera.seen / 2)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(levels).toEqual([...levels].sort((a, b) => a - b))
    // What is passed over makes the others no later.
    const late = delays.slice(-5)
    expect(Math.max(...late)).toBeLessThan(1)
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0)

    const index = await indexTape(path)
    expect(recorded).toEqual({ path, frames: index.frames })
    expect(index.problem).toBeNull()
    expect(index.pts[0]).toBe(0)
    expect(Math.abs(index.frames - camera.seen)).toBeLessThan(rate + 5)
    expect(index.info.framesPerSecond).toBeCloseTo(rate, 0)
  }, 30_000)
})

describe('a camera that sends raw pictures', () => {
  it('is encoded as it is recorded', async () => {
    const frame = Buffer.concat([
      Buffer.from('FRAME\n'),
      Buffer.alloc((size.width * size.height * 3) / 2, 120),
    ])
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      response.write(`YUV4MPEG2 W${size.width} H${size.height} F10:1 Ip A1:1 C420jpeg\n`)
      let sent = 0
      const timer = setInterval(() => {
        response.write(frame)
        if (++sent === 40) response.end()
      }, 100)
      response.on('close', () => clearInterval(timer))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await using camera = await LiveCamera.open(`http://127.0.0.1:${port}/raw`, ends())
    expect(camera.info.codec).toBe('rawvideo')
    const path = await camera.record(join(folder, 'raw'))
    for await (const { number } of camera.pictures('')) if (number >= 20) break
    const recorded = await camera.endRecording()
    expect(path.endsWith('.mp4')).toBe(true)
    expect(await probeTape(path)).toMatchObject({ codec: 'h264', ...size, framesPerSecond: 10 })
    const { frames } = await indexTape(path)
    expect(frames).toBe(recorded?.frames)
    expect(frames).toBeGreaterThan(10)
  }, 30_000)
})

describe('what is no camera', () => {
  it.each([
    'file:///etc/hostname',
    'http://127.0.0.1:9/x',
    'rtsp://127.0.0.1:9/x',
    'webcam:/etc/hostname',
  ])('%s is refused', async (address) => {
    const error = await rejection(LiveCamera.open(address, ends()))
    expect(['bad-address', 'camera-unreachable']).toContain(error.code)
  })

  it('is not a list that names other files', async () => {
    const server = createServer((_, response) =>
      response.end('#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const url = `http://127.0.0.1:${port}/list.m3u8`
    expect(await rejection(LiveCamera.open(url, ends()))).toMatchObject({
      code: 'camera-unreachable',
    })
  })
})
