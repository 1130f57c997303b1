import { describe, expect, test } from 'vitest'
import { frameFinder, maskFileName, planMasks } from '../../../src/engine/labels/mask-names.ts'

const tape = { frames: 740, files: [] }

describe('The frame of a mask file', () => {
  test.each([
    ['000012.png', 12],
    ['12.PNG', 12],
    ['cam2_000123.png', 123],
    ['frame-0007_mask.png', 7],
    ['2026-01-31 frame 5.png', 5],
    ['mask.png', null],
  ])('%s is %s', (file, frame) => {
    expect(frameFinder(tape)(file)).toBe(frame)
  })

  test('in an image folder is that of the picture of the same name', () => {
    const find = frameFinder({ frames: 3, files: ['Lunch3_000005.jpg', 'a.jpg', 'b.12.jpg'] })
    expect(find('Lunch3_000005.png')).toBe(0)
    expect(find('b.12.png')).toBe(2)
    expect(find('000001.png')).toBe(1)
  })

  test('is what our own names say', () => {
    expect(frameFinder(tape)(maskFileName(1_234_567))).toBe(1_234_567)
  })
})

describe('A folder of masks', () => {
  test('is assigned to frames in their order, and what has no use is skipped with the reason', () => {
    const names = ['000740.png', 'readme.txt', 'notes1.txt', '10.png', '9.png', '000009.png', '.x']
    expect(planMasks(names, tape, null)).toEqual({
      masks: [
        { file: '000009.png', frame: 9 },
        { file: '10.png', frame: 10 },
      ],
      skipped: [
        { file: '000740.png', why: 'frame 740 does not exist; the tape has frames 0 to 739' },
        { file: '9.png', why: 'frame 9 already has 000009.png' },
        { file: 'notes1.txt', why: 'it is not a PNG file' },
        { file: 'readme.txt', why: 'there is no frame number in its name' },
      ],
    })
  })

  test('is restricted to the frames asked for, and says which of them have no mask', () => {
    expect(planMasks(['1.png', '2.png', '3.png'], tape, [2, 8])).toEqual({
      masks: [{ file: '2.png', frame: 2 }],
      skipped: [{ file: '000008.png', why: 'there is no mask for frame 8' }],
    })
  })
})
