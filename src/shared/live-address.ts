/**
 * @file Addresses of cameras, and what in them is nobody's business: user names, passwords and tokens
 * are never shown, stored or logged.
 */
import { AppError } from './errors.ts'

/** A camera on this machine, by its number or name; or one on the network, by its address. */
export type LiveAddress =
  | { kind: 'webcam'; device: string }
  | { kind: 'network'; scheme: string; url: string }

/** Schemes of cameras, and of programs that pass their pictures on. */
export const liveSchemes: readonly string[] = [
  'rtsp',
  'rtsps',
  'http',
  'https',
  'udp',
  'tcp',
  'rtp',
]

const hidden = '…'

/** Names of parameters whose values say which picture is wanted, and nothing else. */
const harmless = /^(channel|subtype|stream|profile|resolution|fps|width|height|camera|listen)$/i

const parameter = /([^/?&;#=]*)=([^/?&;#]*)/g

/** Long words of letters and digits in a path are keys that let one in. */
const keyInPath = /(?<=\/)(?=[^/?]*\d)(?=[^/?]*[a-z])[\w-]{16,}(?=$|[/?#])/gi

/** The address in three parts: up to `//`, who asks (empty for nobody), and where. */
function partsOf(address: string): { start: string; user: string; rest: string } {
  const start = /^\s*[a-z][a-z\d+.-]*:\/\//i.exec(address)?.[0] ?? ''
  const rest = address.slice(start.length)
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const isPort = /^(\[[^\]]*\]|[^:]*)(:\d*)?$/.test(authority)
  // A password may hold what ends an authority elsewhere: rather too much is hidden than too little.
  const end = authority.includes('@') || (start && !isPort) ? rest.lastIndexOf('@') + 1 : 0
  return { start, user: rest.slice(0, Math.max(0, end - 1)), rest: rest.slice(end) }
}

/** The address as it may be shown, stored and logged. */
export function withoutSecrets(address: string): string {
  const { start, user, rest } = partsOf(address)
  const where = rest
    .replace(parameter, (all, name: string) => (harmless.test(name) ? all : `${name}=${hidden}`))
    .replace(keyInPath, hidden)
  return `${start}${user && `${hidden}@`}${where}`.trim()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What `withoutSecrets` leaves out, as it is written and as it is meant; the longest first. */
export function secretsOf(address: string): string[] {
  const { user, rest } = partsOf(address)
  const values = [...rest.matchAll(parameter)].flatMap(([, name = '', value = '']) =>
    harmless.test(name) ? [] : [value],
  )
  const keys = [...rest.matchAll(keyInPath)].map(([key]) => key)
  const password = user.slice(user.indexOf(':') + 1)
  const found = [user, password, ...values, ...keys].flatMap((text) => [text, decoded(text)])
  return [...new Set(found)].filter((text) => text !== '').sort((a, b) => b.length - a.length)
}

/** Shorter ones would be found in every sentence. */
const shortestSecret = 3

/** A sentence that may have the address in it, or parts of it, without its secrets. */
export function scrub(text: string, address: string): string {
  const secrets = secretsOf(address).filter(({ length }) => length >= shortestSecret)
  return secrets.reduce(
    (clean, secret) => clean.replaceAll(secret, hidden),
    text.replaceAll(address, withoutSecrets(address)),
  )
}

/**
 * What a user has typed: `webcam`, `webcam:1`, `/dev/video0`, `rtsp://…`, `http://…`.
 * @throws AppError `bad-address`, which does not repeat it
 */
export function parseLiveAddress(text: string): LiveAddress {
  const url = text.trim()
  const webcam = /^(?:webcam(?::(.*))?|(\/dev\/video\d+))$/i.exec(url)
  if (webcam) return { kind: 'webcam', device: (webcam[1] ?? webcam[2] ?? '0').trim() || '0' }
  const scheme = /^([a-z]+):\/\/./i.exec(url)?.[1]?.toLowerCase()
  if (scheme && liveSchemes.includes(scheme)) return { kind: 'network', scheme, url }
  throw new AppError(
    'bad-address',
    'that is no address of a camera',
    'Write rtsp://… or http://… as the camera’s manual says, or webcam for a camera at the computer that Maskbench runs on.',
  )
}
