/**
 * @file Requests and answers with their bodies over a link: how the desktop shell asks the engine's
 * process for what its page wants below /bytes/. Bodies travel as bytes, whole.
 */
import { z } from 'zod'
import { AppError, cancelled } from './errors.ts'
import { toWireError } from './rpc.ts'
import type { Channel } from './transport.ts'

const idSchema = z.int().min(0)
const headersSchema = z.array(z.tuple([z.string(), z.string()]))
const bodySchema = z.instanceof(Uint8Array<ArrayBuffer>).nullable()

const toEngineSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('request'),
    id: idSchema,
    url: z.string(),
    method: z.string(),
    headers: headersSchema,
    body: bodySchema,
  }),
  z.object({ t: z.literal('cancel'), id: idSchema }),
])

const fromEngineSchema = z.object({
  id: idSchema,
  status: z.int().min(200).max(599),
  headers: headersSchema,
  body: bodySchema,
})

type ToEngine = z.infer<typeof toEngineSchema>
type FromEngine = z.infer<typeof fromEngineSchema>
type AskedRequest = Extract<ToEngine, { t: 'request' }>

export type BytesHandler = (request: Request) => Promise<Response>

/** Nothing of its buffer but itself: a clone between processes would carry all of it. */
async function bodyOf(message: Request | Response): Promise<Uint8Array<ArrayBuffer> | null> {
  const buffer = message.body === null ? null : await message.arrayBuffer()
  return buffer === null || buffer.byteLength === 0 ? null : new Uint8Array(buffer)
}

/** A failure as the page expects it, see byte-routes.ts. */
export function bytesFailure(status: number, error: unknown): Response {
  return new Response(JSON.stringify(toWireError(error)), {
    status,
    headers: { 'content-type': 'application/json' },
  })
}

/** The engine's end: answers requests until they are cancelled. */
export function serveBytes(channel: Channel<unknown>, handle: BytesHandler): void {
  const running = new Map<number, AbortController>()

  const answer = async (asked: AskedRequest): Promise<FromEngine> => {
    const { id, url, method, headers, body } = asked
    const signal = running.get(id)?.signal ?? null
    let response: Response
    try {
      response = await handle(new Request(url, { method, headers, body, signal }))
    } catch (error) {
      response = bytesFailure(500, error)
    }
    const sent = [...response.headers]
    return { id, status: response.status, headers: sent, body: await bodyOf(response) }
  }
  channel.onMessage((raw) => {
    const message = toEngineSchema.parse(raw)
    if (message.t === 'cancel') {
      running.get(message.id)?.abort()
      running.delete(message.id)
      return
    }
    running.set(message.id, new AbortController())
    // Nobody waits any more for the answer to a request that was cancelled.
    void answer(message).then((response) => {
      if (running.delete(message.id)) channel.send(response)
    })
  })
}

export interface BytesCaller {
  /**
   * Asks the engine. Throws `cancelled` once the signal is aborted; the engine is told. Throws
   * `disconnected` when the engine ends before it has answered.
   */
  ask(request: Request, signal?: AbortSignal): Promise<Response>
  /** The engine has ended. */
  end(): void
}

interface Pending {
  resolve(answer: FromEngine): void
  reject(error: AppError): void
}

function engineGone(): AppError {
  return new AppError('disconnected', 'the engine has stopped', 'Start it again and repeat this.')
}

/** The shell's end. */
export function createBytesCaller(channel: Channel<unknown>): BytesCaller {
  const pending = new Map<number, Pending>()
  let nextId = 0
  channel.onMessage((raw) => {
    const answer = fromEngineSchema.parse(raw)
    pending.get(answer.id)?.resolve(answer)
  })

  const send = async (request: Request, id: number): Promise<void> => {
    const { url, method } = request
    const headers = [...request.headers]
    channel.send({ t: 'request', id, url, method, headers, body: await bodyOf(request) })
  }
  return {
    async ask(request, signal) {
      const id = nextId++
      const answered = new Promise<FromEngine>((resolve, reject) =>
        pending.set(id, { resolve, reject }),
      )
      // It may fail while the request's own body is still being read.
      answered.catch(() => {})
      const abort = (): void => {
        channel.send({ t: 'cancel', id })
        pending.get(id)?.reject(cancelled('the request'))
      }
      try {
        await send(request, id)
        if (signal?.aborted) abort()
        signal?.addEventListener('abort', abort, { once: true })
        const { status, headers, body } = await answered
        return new Response(body, { status, headers })
      } finally {
        signal?.removeEventListener('abort', abort)
        pending.delete(id)
      }
    },
    end() {
      for (const { reject } of pending.values()) reject(engineGone())
    },
  }
}
