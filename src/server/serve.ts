/** @file The workbench for browsers: its page and its engine on a loopback address. */
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { startCompute } from '../engine/compute/start-compute.ts'
import { createService } from '../engine/handlers.ts'
import { pageFolder as builtPage } from '../engine/location.ts'
import { textResponse } from '../engine/page/page-handler.ts'
import { createSiteHandler } from '../engine/page/site-handler.ts'
import { userDataFolder } from '../engine/projects/data-folder.ts'
import { SegmentDesk } from '../engine/segment/segment-desk.ts'
import type { BytesHandler } from '../shared/bytes-link.ts'
import { AppError } from '../shared/errors.ts'
import { serve } from '../shared/rpc-serve.ts'
import { socketTransport } from '../shared/transport-socket.ts'
import { refusedProgram } from './api/answers.ts'
import { apiPrefix, createApiHandler } from './api/api-handler.ts'
import { mostPixels, mostWaiting } from './api/messages.ts'
import { type Caller, type Door, isLoopback, judge, judgeProgram } from './guard.ts'
import { isBodyTaken, sendResponse, toRequest } from './http.ts'
import { listen } from './listen.ts'
import { createSecret, sessionCookie } from './secret.ts'
import { keptToken } from './token-file.ts'

/** The largest message a page may send: far above any call, far below what hurts. */
const longestMessageBytes = 16 * 1024 * 1024

export interface ServeOptions {
  /** Address to bind to. Any but a loopback address opens the workbench to the network. */
  host?: string
  /** 0 = any free port. */
  port?: number
  /** Folders below which pages can open files; absent = anywhere. */
  roots?: readonly string[]
  /** A project whose networks programs can name. */
  project?: string
  /** The built page; by default the one that comes with the program. */
  pageFolder?: string
}

export interface Served {
  /** The address to open, token included. */
  url: string
  /** Whether other machines can reach it. */
  open: boolean
  /** An address that lets one browser in, once: fit for a command line that others can read. */
  oneTimeUrl(): string
  close(): Promise<void>
}

/** Goes on to the page; its empty icon keeps the browser from asking for one. */
const welcomePage = `<!doctype html>
<meta http-equiv="refresh" content="0;url=/">
<link rel="icon" href="data:,">
<title>Maskbench</title>
`

/**
 * Sets the cookie and goes on without the token in the address. It goes on from a page of our own:
 * after a redirect that began elsewhere the browser would not send a SameSite=Strict cookie.
 */
function welcome(door: Door): Response {
  return textResponse(200, welcomePage, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'set-cookie': sessionCookie(door.port, door.token),
  })
}

function callerOf({ headers, headersDistinct, url }: IncomingMessage): Caller {
  const { host, origin, cookie } = headers
  return { host, origin, cookie, url, site: headersDistinct['sec-fetch-site']?.[0] }
}

/** Whether a program asks, and not a page. */
function isForApi({ url = '' }: IncomingMessage): boolean {
  const base = 'http://localhost'
  return URL.canParse(url, base) && new URL(url, base).pathname.startsWith(apiPrefix)
}

interface Sites {
  /** For pages, whom the cookie lets in. */
  page: BytesHandler
  /** For programs, which bring the token. */
  api: BytesHandler
}

async function answerProgram(
  message: IncomingMessage,
  out: ServerResponse,
  door: Door,
  api: BytesHandler,
): Promise<void> {
  const refused = judgeProgram(callerOf(message), message.headers.authorization, door)
  await sendResponse(refused ? refusedProgram(refused) : await api(toRequest(message, out)), out)
}

function answerWith(door: Door, { page: site, api }: Sites) {
  return async (message: IncomingMessage, out: ServerResponse): Promise<void> => {
    try {
      if (isForApi(message)) return await answerProgram(message, out, door, api)
      const verdict = judge(callerOf(message), door)
      if (!verdict.allowed) await sendResponse(textResponse(verdict.status, verdict.reason), out)
      else if (verdict.newcomer) await sendResponse(welcome(door), out)
      else if (!isBodyTaken(message)) await sendResponse(textResponse(413, 'too long'), out)
      else await sendResponse(await site(toRequest(message, out)), out)
    } catch {
      // The caller hung up while the answer was on its way.
      out.destroy()
    }
  }
}

/** Upgrades are checked like requests: the browser's cross-origin rules do not cover sockets. */
function upgradeWith(door: Door, sockets: WebSocketServer, accept: (socket: WebSocket) => void) {
  return (message: IncomingMessage, wire: Duplex, head: Buffer): void => {
    const verdict = judge(callerOf(message), door)
    const path = message.url?.split('?', 1)[0]
    if (verdict.allowed && path === '/rpc') sockets.handleUpgrade(message, wire, head, accept)
    else {
      // The refused caller may be gone already.
      wire.on('error', () => wire.destroy())
      wire.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    }
  }
}

function addressOf({ host, port }: Door, token: string): string {
  const name = ['0.0.0.0', '::'].includes(host) ? hostname() : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/?token=${token}`
}

function requirePage(folder: string): void {
  if (existsSync(join(folder, 'index.html'))) return
  throw new AppError(
    'no-such-file',
    `the page is not built: ${folder} has no index.html`,
    'Run `npm run build` in the folder of the program.',
  )
}

/** Hangs up on everybody and frees the port. */
async function stop(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

/**
 * Serves the workbench until `close`. Throws `no-such-file` when the page has not been built and
 * `cannot-listen` when the address is taken or not this machine's.
 */
export async function serveWorkbench(options: ServeOptions = {}): Promise<Served> {
  const { host = '127.0.0.1', port = 0, pageFolder = builtPage, roots, project } = options
  requirePage(pageFolder)
  const token = await keptToken(join(userDataFolder(), 'serve-token'))
  const door: Door = { host, port, token, tickets: new Set() }
  const service = createService('browser', { ...(roots && { roots }) })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessageBytes })
  const desk = new SegmentDesk({
    ...{ startCompute, mostWaiting, mostPixels },
    places: { dataFolder: userDataFolder(), project },
  })
  const page = createSiteHandler({ pageFolder, bytes: service.bytes })
  const server = createServer(answerWith(door, { page, api: createApiHandler(desk) }))
  server.on(
    'upgrade',
    upgradeWith(door, sockets, (socket) => {
      // A caller that breaks the protocol is closed by ws; the close is all that matters here.
      socket.on('error', () => {})
      serve(socketTransport(socket), service)
    }),
  )
  door.port = await listen(server, host, port)
  return {
    url: addressOf(door, door.token),
    open: !isLoopback(host),
    oneTimeUrl() {
      const ticket = createSecret()
      door.tickets.add(ticket)
      return addressOf(door, ticket)
    },
    async close() {
      await stop(server, sockets)
      await desk[Symbol.asyncDispose]()
      await service.close()
    },
  }
}
