import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { servedRoots } from '../../src/server/roots.ts'

describe('the folders that a served workbench may open', () => {
  it('are the home and the current folder, where none is named', () => {
    expect(servedRoots({ current: '/tapes' })).toEqual([homedir(), resolve('/tapes')])
  })

  it('are not a whole disk because the program was started there', () => {
    expect(servedRoots({ current: resolve('/') })).toEqual([homedir()])
  })

  it('are those that are named and no others', () => {
    expect(servedRoots({ named: ['/nas', 'here'], current: '/tapes' })).toEqual([
      resolve('/nas'),
      resolve('/tapes/here'),
    ])
  })

  it('hold the project that is given at the start', () => {
    const wishes = { named: ['/nas'], project: 'hall.maskbench', current: '/tapes' }
    expect(servedRoots(wishes)).toEqual([resolve('/nas'), resolve('/tapes')])
  })
})
