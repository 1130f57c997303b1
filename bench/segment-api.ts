/**
 * @file `POST /api/segment` on a served workbench: how long one caller waits for an answer, and how many
 * pictures a second there are for several at once, beside the time of the network alone. Arguments:
 * [PICTURES] [WIDTHxHEIGHT] [NETWORK].
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { builtInId } from '../src/engine/models/built-in.ts'
import { answerSchema } from '../src/server/api/messages.ts'
import { serveWorkbench } from '../src/server/serve.ts'
import { median, type Row, report, scratch } from './common.ts'

const pictures = Number(process.argv[2] ?? 30)
const [width = 640, height = 480] = (process.argv[3] ?? '640x480').split('x').map(Number)
const model = process.argv[4] ?? builtInId

const folder = scratch('segment-api')
process.env.MASKBENCH_HOME ??= join(folder, 'home')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'index.html'), '')
const served = await serveWorkbench({ pageFolder: folder })
const token = (await readFile(join(process.env.MASKBENCH_HOME, 'serve-token'), 'utf8')).trim()

/** Nothing that a network could know, but a photograph's number of bytes. */
const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 }
const body = new Uint8Array(
  await sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .blur(2)
    .jpeg({ quality: 90 })
    .toBuffer(),
)

async function ask(accept: string): Promise<Response> {
  const address = new URL(`/api/segment?model=${encodeURIComponent(model)}`, served.url)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg', accept }
  const response = await fetch(address, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return response
}

/** Milliseconds of each answer, and of the network in it where it says so. */
async function wait(accept: string): Promise<{ all: number; network: number | null }> {
  const started = performance.now()
  const response = await ask(accept)
  const bytes = await response.bytes()
  const all = performance.now() - started
  if (accept !== 'application/json') return { all, network: null }
  const { seconds } = answerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return { all, network: 1000 * seconds }
}

/** So many callers, each of whom sends the next picture when the last one is answered. */
async function together(callers: number, accept: string) {
  const waits: Awaited<ReturnType<typeof wait>>[] = []
  const started = performance.now()
  let left = pictures
  const caller = async () => {
    while (left-- > 0) waits.push(await wait(accept))
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return { waits, seconds: (performance.now() - started) / 1000 }
}

async function measure(callers: number, accept: string): Promise<Row> {
  const { waits, seconds } = await together(callers, accept)
  const all = waits.map((each) => each.all).sort((a, b) => a - b)
  const network = waits.flatMap((each) => each.network ?? [])
  return {
    callers,
    answer: accept,
    'ms (median)': median(all),
    'ms (95 %)': all[Math.floor(0.95 * (all.length - 1))] ?? Number.NaN,
    'network alone': network.length > 0 ? median(network) : '',
    'pictures/s': pictures / seconds,
  }
}

try {
  // Opens the network.
  await ask('image/png')
  const rows = [
    await measure(1, 'application/json'),
    await measure(1, 'image/png'),
    await measure(4, 'image/png'),
    await measure(8, 'image/png'),
  ]
  await report(
    'segment-api',
    `POST /api/segment: ${pictures} JPEG of ${width}x${height}, ${Math.round(body.length / 1024)} KB each, ${model}`,
    rows,
  )
} finally {
  await served.close()
  await rm(folder, { recursive: true, force: true })
}
