/** @file The token that lets a browser in, and the cookie that keeps it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits from the system's source, in characters that need no escape in a URL or cookie. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether two texts are equal, in a time that says nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** Cookies are shared by all ports of a host, so that the name tells our servers apart. */
export function cookieName(port: number): string {
  return `maskbench-${port}`
}

/** The value of a cookie in a `Cookie` header, or null. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name && value !== undefined) return value.trim()
  }
  return null
}

/** A `Set-Cookie` value that scripts cannot read and other sites' requests do not carry. */
export function sessionCookie(port: number, token: string): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`
}
