import { describe, expect, it } from 'vitest'
import { failure } from '../fixtures/maskbench.ts'

describe('maskbench serve', () => {
  it.each(['0.0.0.0', '::', '192.168.1.7', 'lab-pc'])(
    'does not listen on %s without a word that allows it',
    async (host) => {
      const { exit, code, hint } = await failure('serve', '--host', host)
      expect([exit, code]).toEqual([2, 'usage'])
      expect(hint).toContain('--allow-network')
    },
  )

  it('says which root is not there', async () => {
    const { exit, message } = await failure('serve', '--root', '/absent/tapes')
    expect(exit).toBe(2)
    expect(message).toContain('/absent/tapes')
  })

  it('takes no file for a root', async () => {
    const { code, message } = await failure('serve', '--root', import.meta.filename)
    expect(code).toBe('usage')
    expect(message).toContain('a folder was expected')
  })
})
