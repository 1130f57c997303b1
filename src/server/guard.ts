/** @file Who may talk to the loopback server: checked on every request and every upgrade. */
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { cookieName, readCookie, sameSecret } from './secret.ts'

export interface Door {
  /** The address that the server is bound to, and its port there. */
  host: string
  port: number
  token: string
  /** Tokens that each let one browser in, once. */
  tickets: Set<string>
}

/** The parts of a request that decide; as sent, not yet trusted. */
export interface Caller {
  host: string | undefined
  origin: string | undefined
  cookie: string | undefined
  url: string | undefined
  /** The browser's `Sec-Fetch-Site`: where the page that asks is from. */
  site: string | undefined
}

/** Why a program is refused, with the status that says so. */
export interface Refusal {
  status: 400 | 401 | 403
  reason: string
}

export type Verdict = { allowed: true; newcomer: boolean } | ({ allowed: false } & Refusal)

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

export function isLoopback(host: string): boolean {
  return [...loopbackNames, '::1'].includes(host)
}

/**
 * A page of another site can make its own name point here (DNS rebinding), but the browser still
 * sends that name. The port may be any: ssh -L maps it. Bound beyond loopback, addresses are let
 * through as well, because only a name can be rebound.
 */
function isOurHost(name: string, door: Door): boolean {
  if (loopbackNames.includes(name)) return true
  if (isLoopback(door.host)) return false
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || [door.host, hostname()].includes(name)
}

/** The token of the address, checked and, when it is a ticket, used up. */
function isValidToken(given: string, door: Door): boolean {
  const ticket = [...door.tickets].find((candidate) => sameSecret(given, candidate))
  if (ticket !== undefined) return door.tickets.delete(ticket)
  return sameSecret(given, door.token)
}

/**
 * Whether a page of another origin asks. Servers on other ports of this machine are of the same *site*,
 * so that their pages' requests carry our cookie; `none` is the user's own doing.
 * https://www.w3.org/TR/fetch-metadata/
 */
function isFromElsewhere({ site }: Caller): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function refuse(reason: string): Verdict {
  return { allowed: false, status: 403, reason }
}

/** Why a request is none of this server's, whoever sends it; null where it may be. */
function misdirected(caller: Caller, door: Door): Refusal | null {
  const base = `http://${caller.host}`
  if (!caller.host || !URL.canParse(base) || !URL.canParse(`${base}${caller.url}`))
    return { status: 400, reason: 'a request without a proper Host or path' }
  if (!isOurHost(new URL(base).hostname, door))
    return { status: 403, reason: 'this Host is not served here' }
  // Browsers name the page that asks; pages of other sites may not (forged requests).
  if (caller.origin !== undefined && caller.origin !== base)
    return { status: 403, reason: 'requests from other sites are refused' }
  return null
}

/**
 * Why a request of a program is refused; null where it is let through. It has to bring the token in
 * the header Authorization, https://www.rfc-editor.org/rfc/rfc6750#section-2.1. Neither the cookie
 * counts, which browsers send along unasked, nor the address, which is written into logs.
 */
export function judgeProgram(
  caller: Caller,
  authorization: string | undefined,
  door: Door,
): Refusal | null {
  const refused = misdirected(caller, door)
  if (refused) return refused
  if (isFromElsewhere(caller))
    return { status: 403, reason: 'requests from other sites are refused' }
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (token !== undefined && sameSecret(token, door.token)) return null
  return { status: 401, reason: 'the header Authorization: Bearer TOKEN was expected' }
}

/** Decides about one request. A newcomer came by the address with the token and gets the cookie. */
export function judge(caller: Caller, door: Door): Verdict {
  const refused = misdirected(caller, door)
  if (refused) return { allowed: false, ...refused }
  const token = new URL(`http://${caller.host}${caller.url}`).searchParams.get('token')
  // A link with the token may be anywhere; it leads to a page that asks for nothing but ours.
  if (token !== null && isValidToken(token, door)) return { allowed: true, newcomer: true }
  if (isFromElsewhere(caller)) return refuse('requests from other sites are refused')
  const cookie = readCookie(caller.cookie, cookieName(door.port))
  if (cookie !== null && sameSecret(cookie, door.token)) return { allowed: true, newcomer: false }
  return refuse('open the address that "maskbench serve" printed: it holds the key')
}
