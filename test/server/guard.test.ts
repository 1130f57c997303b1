import { describe, expect, it } from 'vitest'
import { type Caller, type Door, judge } from '../../src/server/guard.ts'

const token = 'T'.repeat(43)

function door(change: Partial<Door> = {}): Door {
  return { host: '127.0.0.1', port: 4000, token, tickets: new Set(), ...change }
}

function caller(change: Partial<Caller> = {}): Caller {
  return {
    host: '127.0.0.1:4000',
    origin: undefined,
    cookie: `maskbench-4000=${token}`,
    url: '/',
    site: undefined,
    ...change,
  }
}

describe('the guard of the loopback server', () => {
  it.each(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000', 'localhost:9999', 'LOCALHOST:4000'])(
    'lets in who calls it %s and has the cookie',
    (host) => {
      expect(judge(caller({ host }), door())).toEqual({ allowed: true, newcomer: false })
    },
  )

  it.each(['evil.example:4000', '192.168.1.7:4000', '127.0.0.1.evil.example', 'localhost@evil:1'])(
    'refuses the Host %s even with the cookie',
    (host) => {
      expect(judge(caller({ host }), door())).toMatchObject({ allowed: false, status: 403 })
    },
  )

  it.each([undefined, '', 'a b', '127.0.0.1:port'])('refuses the broken Host %s', (host) => {
    expect(judge(caller({ host }), door())).toMatchObject({ allowed: false, status: 400 })
  })

  it('lets in a page of its own origin and refuses every other', () => {
    const from = (origin: string) => judge(caller({ origin }), door()).allowed
    expect(from('http://127.0.0.1:4000')).toBe(true)
    const foreign = [
      'http://127.0.0.1:4001',
      'https://127.0.0.1:4000',
      'http://evil.example',
      'null',
    ]
    expect(foreign.map(from)).toEqual([false, false, false, false])
  })

  it('refuses a page of another port of this machine, which shares our cookie', () => {
    const from = (site: string | undefined) => judge(caller({ site }), door()).allowed
    expect([undefined, 'none', 'same-origin'].map(from)).toEqual([true, true, true])
    expect(['same-site', 'cross-site'].map(from)).toEqual([false, false])
  })

  it('welcomes who follows a link with the token, wherever it stands', () => {
    const followed = caller({ cookie: undefined, site: 'cross-site', url: `/?token=${token}` })
    expect(judge(followed, door())).toEqual({ allowed: true, newcomer: true })
  })

  it('refuses a missing or wrong cookie, and one of a server on another port', () => {
    const cookies = [undefined, '', `maskbench-4000=${token}x`, `maskbench-4001=${token}`]
    expect(cookies.map((cookie) => judge(caller({ cookie }), door()).allowed)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('finds its cookie among others', () => {
    const cookie = `a=1; maskbench-4000=${token}; b=2`
    expect(judge(caller({ cookie }), door()).allowed).toBe(true)
  })

  it('welcomes who comes by the address with the token, but not with a wrong one', () => {
    const at = (url: string) => judge(caller({ cookie: undefined, url }), door())
    expect(at(`/?token=${token}`)).toEqual({ allowed: true, newcomer: true })
    expect(at('/?token=wrong')).toMatchObject({ allowed: false, status: 403 })
    expect(at('/?token=')).toMatchObject({ allowed: false, status: 403 })
  })

  it('takes a ticket once', () => {
    const withTicket = door({ tickets: new Set(['once']) })
    const come = () => judge(caller({ cookie: undefined, url: '/?token=once' }), withTicket).allowed
    expect([come(), come()]).toEqual([true, false])
  })

  it('bound beyond loopback, also lets in by address and by its own name', () => {
    const open = door({ host: 'lab-pc' })
    const by = (host: string) => judge(caller({ host }), open).allowed
    expect(by('192.168.1.7:4000')).toBe(true)
    expect(by('[fe80::1]:4000')).toBe(true)
    expect(by('lab-pc:4000')).toBe(true)
    expect(by('evil.example:4000')).toBe(false)
  })
})
