import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { type DownloadOptions, downloadWeights } from '../../../src/engine/models/download.ts'
import {
  type PublishedWeights,
  publishedWeights,
  publishedWeightsOf,
} from '../../../src/engine/models/published-weights.ts'
import { architectureNames } from '../../../src/engine/models/zoo/architectures.ts'
import type { JobProgress } from '../../../src/shared/progress.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { type Behaviour, WeightsServer } from '../../fixtures/weights-server.ts'

const temporary = temporaryFolder()
const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251)
const sha256 = createHash('sha256').update(content).digest('hex')
let counter = 0

/** A server, its weights, and a folder to download them to. */
async function setUp(behaviours: Behaviour[] = [{}], served: Uint8Array = content) {
  const server = new WeightsServer(served)
  server.behaviours = behaviours
  const file = `small-${sha256.slice(0, 8)}.pth`
  const weights: PublishedWeights = {
    name: 'small',
    file,
    address: `${await server.start()}/${file}`,
    megabytes: 0.3,
    sha256: sha256.slice(0, 8),
  }
  const folder = temporary(`folder${counter++}`)
  const path = `${folder}/${file}`
  const partial = `${path}.partial`
  const options: DownloadOptions = { folder, retries: 2, retryAfterMs: 1 }
  return { server, weights, folder, path, partial, options }
}

describe('Downloading weights', () => {
  it('fetches the file, reports progress, and does not fetch it again', async () => {
    const { server, weights, path, partial, options } = await setUp()
    await using _ = server
    const reports: JobProgress[] = []
    const onProgress = (report: JobProgress) => void reports.push(report)
    const result = await downloadWeights(weights, { ...options, onProgress })
    expect(result).toEqual({ path, bytes: content.length, sha256, found: false })
    expect(Buffer.compare(readFileSync(path), content)).toBe(0)
    expect(existsSync(partial)).toBe(false)
    expect(reports.at(-1)).toMatchObject({ done: 300_000, total: 300_000, unit: 'bytes' })
    expect(reports.every(({ done }, i) => done >= (reports[i - 1]?.done ?? 0))).toBe(true)
    expect(await downloadWeights(weights, options)).toMatchObject({ path, found: true })
    expect(server.ranges).toEqual([undefined])
  })

  it('goes on where a connection was cut, any number of times', async () => {
    const cut = { cutAfter: 70_000 }
    const { server, weights, path, options } = await setUp([cut, cut, cut, cut, {}])
    await using _ = server
    await downloadWeights(weights, options)
    expect(Buffer.compare(readFileSync(path), content)).toBe(0)
    expect(server.ranges.length).toBeGreaterThanOrEqual(5)
    const starts = server.ranges.map((range) => Number(/\d+/.exec(range ?? '0')?.[0]))
    expect(starts[0]).toBe(0)
    expect(starts.every((start, i) => i === 0 || start >= (starts[i - 1] ?? 0))).toBe(true)
  })

  it('goes on with what an earlier run has left', async () => {
    const { server, weights, folder, path, partial, options } = await setUp()
    await using _ = server
    await mkdir(folder)
    await writeFile(partial, content.subarray(0, 123_456))
    await downloadWeights(weights, options)
    expect(server.ranges).toEqual(['bytes=123456-'])
    expect(Buffer.compare(readFileSync(path), content)).toBe(0)
  })

  it('starts again where the server knows no ranges', async () => {
    const { server, weights, folder, path, partial, options } = await setUp([
      { withoutRanges: true },
    ])
    await using _ = server
    await mkdir(folder)
    await writeFile(partial, content.subarray(0, 1000))
    await downloadWeights(weights, options)
    expect(Buffer.compare(readFileSync(path), content)).toBe(0)
  })

  it('takes a part that is whole already, and drops one that is too long', async () => {
    for (const extra of [0, 7]) {
      const { server, weights, folder, path, partial, options } = await setUp()
      await using _ = server
      await mkdir(folder)
      await writeFile(partial, Buffer.concat([content, Buffer.alloc(extra)]))
      await downloadWeights(weights, options)
      expect(Buffer.compare(readFileSync(path), content)).toBe(0)
    }
  })

  it('replaces a file whose checksum is wrong', async () => {
    const { server, weights, folder, path, options } = await setUp()
    await using _ = server
    await mkdir(folder)
    await writeFile(path, 'something else')
    expect(await downloadWeights(weights, options)).toMatchObject({ found: false })
    expect(Buffer.compare(readFileSync(path), content)).toBe(0)
  })
})

describe('A download that fails', () => {
  it('keeps nothing of what has another checksum', async () => {
    const { server, weights, path, partial, options } = await setUp([{}], content.toReversed())
    await using _ = server
    const { code, message } = await rejection(downloadWeights(weights, options))
    expect(code).toBe('wrong-checksum')
    expect(message).toContain(`${weights.sha256}… was expected`)
    expect(existsSync(path) || existsSync(partial)).toBe(false)
  })

  it('says what to download and where to put it when the server cannot be reached', async () => {
    const { server, weights, path, options } = await setUp()
    await server[Symbol.asyncDispose]()
    const { code, message, hint } = await rejection(downloadWeights(weights, options))
    expect(code).toBe('download-failed')
    expect(message).toContain(weights.address)
    expect(message).toContain('ECONNREFUSED')
    expect(hint).toContain(`download ${weights.address} (0.3 MB)`)
    expect(hint).toContain(path)
  })

  it('gives up at once where the file does not exist, and later where the server is out of order', async () => {
    for (const [status, requests] of [
      [404, 1],
      [503, 2],
    ] as const) {
      const { server, weights, options } = await setUp([{ status }])
      await using _ = server
      const { code, message } = await rejection(downloadWeights(weights, options))
      expect(code).toBe('download-failed')
      expect(message).toContain(`answered ${status}`)
      expect(server.ranges).toHaveLength(requests)
    }
  })

  it('keeps what has arrived when connections are cut until it gives up', async () => {
    const { server, weights, partial, options } = await setUp([
      { cutAfter: 100_000 },
      { cutAfter: 0 },
    ])
    await using _ = server
    expect((await rejection(downloadWeights(weights, options))).code).toBe('download-failed')
    const kept = readFileSync(partial)
    expect(kept.length).toBeGreaterThan(0)
    expect(Buffer.compare(kept, content.subarray(0, kept.length))).toBe(0)
  })

  it('stops when it is cancelled, and keeps what has arrived', async () => {
    const { server, weights, partial, options } = await setUp([{ stopAfter: 100_000 }])
    await using _ = server
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    const work = { ...options, signal: controller.signal, onProgress }
    expect((await rejection(downloadWeights(weights, work))).code).toBe('cancelled')
    expect(readFileSync(partial).length).toBeGreaterThan(0)
  })

  it('names the folder that cannot be written', async () => {
    const { server, weights, options } = await setUp()
    await using _ = server
    await writeFile(temporary('a-file'), '')
    const folder = temporary('a-file', 'below')
    const { message } = await rejection(downloadWeights(weights, { ...options, folder }))
    expect(message).toContain('a-file')
  })
})

describe.runIf(canMount)('A download onto a full disk', () => {
  it('says so, and goes on when there is room', async () => {
    const disk = mountSmallDisk(1)
    try {
      const { server, weights, options } = await setUp()
      await using _ = server
      disk.fill(100_000)
      const work = { ...options, folder: disk.path() }
      expect((await rejection(downloadWeights(weights, work))).code).toBe('disk-full')
      await rm(disk.path('filler'))
      expect(await downloadWeights(weights, work)).toMatchObject({ sha256 })
      expect(server.ranges).toHaveLength(2)
      expect(server.ranges[1]).toMatch(/^bytes=[1-9]/)
    } finally {
      disk.remove()
    }
  })
})

describe('Published weights', () => {
  it('have the beginning of their checksum in their name, and an architecture', () => {
    for (const { name, file, address, sha256 } of publishedWeights) {
      expect(sha256).toMatch(/^[0-9a-f]{8}$/)
      expect(file).toContain(`-${sha256}.pth`)
      expect(address).toBe(`https://download.pytorch.org/models/${file}`)
      expect(architectureNames).toContain(name)
    }
  })

  it('are listed when another name is asked for', () => {
    const { code, hint } = caught(() => publishedWeightsOf('resnet'))
    expect(code).toBe('bad-value')
    expect(hint).toContain('fcn_resnet101')
  })
})
