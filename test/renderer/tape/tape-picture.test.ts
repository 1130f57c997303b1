import { beforeAll, describe, expect, it } from 'vitest'
import { TapePicture } from '../../../src/renderer/src/tape/tape-picture.ts'
import { AppError } from '../../../src/shared/errors.ts'

const at = { project: 'p', tape: 1 }
const frameOf = (address: string): number => Number(/frames\/(\d+)/.exec(address)?.[1])

/** Node has no ImageData; what a picture is does not matter here. */
let picture: ImageData
beforeAll(() => {
  picture = Object.create(null)
})

describe('The picture of a tape', () => {
  it('comes after all when the engine gave it up once', async () => {
    const asked: number[] = []
    const shown = new TapePicture(at, 'tape', async (address) => {
      asked.push(frameOf(address))
      if (asked.length === 1) throw new AppError('cancelled', 'tapePicture was cancelled')
      return picture
    })
    shown.want(3)
    await expect.poll(() => shown.get().picture, { timeout: 5000 }).toBe(picture)
    expect(asked).toEqual([3, 3])
    expect(shown.get().error).toBeNull()
  })

  it('is asked for again when the engine is back, where it failed', async () => {
    let isBack = false
    const shown = new TapePicture(at, 'tape', async () => {
      if (!isBack) throw new AppError('no-such-project-handle', 'not open')
      return picture
    })
    shown.want(5)
    await expect.poll(() => shown.get().error?.code).toBe('no-such-project-handle')
    isBack = true
    shown.retry()
    await expect.poll(() => shown.get()).toEqual({ picture, frame: 5, error: null })
    shown.retry()
    expect(shown.isIdle).toBe(true)
  })
})
