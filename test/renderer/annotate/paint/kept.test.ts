import { describe, expect, it } from 'vitest'
import { KeptByUse } from '../../../../src/renderer/src/annotate/paint/kept.ts'

function keptTexts(bytes: number, held: readonly string[] = []) {
  const loads: string[] = []
  const dropped: string[] = []
  const kept = new KeptByUse<string, string>({
    bytes,
    nameOf: (key) => key,
    load: async (key) => {
      loads.push(key)
      if (key === 'bad') throw new Error('no such frame')
      return key
    },
    bytesOf: (value) => value.length,
    isHeld: (value) => held.includes(value),
    drop: (value) => dropped.push(value),
  })
  return { kept, loads, dropped }
}

describe('What is kept', () => {
  it('is fetched once', async () => {
    const { kept, loads } = keptTexts(100)
    expect(await Promise.all([kept.get('a'), kept.get('a')])).toEqual(['a', 'a'])
    expect(loads).toEqual(['a'])
    expect(kept.peek('a')).toBe('a')
    expect(kept.peek('b')).toBeNull()
  })

  it('goes by the longest time without use when it is too much', async () => {
    const { kept, dropped } = keptTexts(6)
    for (const key of ['aa', 'bb', 'cc']) await kept.get(key)
    await kept.get('aa')
    await kept.get('dd')
    expect(dropped).toEqual(['bb'])
  })

  it('stays while it is held', async () => {
    const { kept, dropped } = keptTexts(4, ['aa'])
    for (const key of ['aa', 'bb', 'cc']) await kept.get(key)
    expect(dropped).toEqual(['bb'])
    kept.clear()
    expect(kept.peek('aa')).toBe('aa')
  })

  it('is fetched again after a failure', async () => {
    const { kept, loads } = keptTexts(100)
    await expect(kept.get('bad')).rejects.toThrow('no such frame')
    await expect(kept.get('bad')).rejects.toThrow('no such frame')
    expect(loads).toEqual(['bad', 'bad'])
  })

  it('drops what was forgotten while it was on its way', async () => {
    const { kept, dropped } = keptTexts(100)
    const coming = kept.get('a')
    kept.forget('a')
    await coming
    expect(dropped).toEqual(['a'])
    expect(kept.peek('a')).toBeNull()
  })
})
