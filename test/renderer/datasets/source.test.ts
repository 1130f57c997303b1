import { describe, expect, test } from 'vitest'
import { emptySource, sourceArgs } from '../../../src/renderer/src/datasets/import/source.ts'

describe('what the user says about a set', () => {
  test('leaves out what was left empty', () => {
    const source = { ...emptySource, path: ' /data/street ', images: ' ' }
    expect(sourceArgs(source)).toEqual({ path: '/data/street', format: 'auto' })
  })

  test('takes meanings of colours one by one', () => {
    const source = {
      ...emptySource,
      path: '/data',
      images: '/photos',
      map: '128=car, #ff0000=dog;\n',
    }
    expect(sourceArgs(source)).toEqual({
      ...{ path: '/data', format: 'auto', images: '/photos' },
      map: ['128=car', '#ff0000=dog'],
    })
  })
})
