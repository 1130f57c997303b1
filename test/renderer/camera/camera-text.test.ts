import { describe, expect, it } from 'vitest'
import { moveText, verdictText } from '../../../src/renderer/src/camera/camera-text.ts'
import type { CameraCheck } from '../../../src/shared/contract/camera.ts'

const check: CameraCheck = {
  earlier: { name: 'monday.mp4', project: null },
  verdict: 'moved',
  move: { shift: { x: 9.2, y: -5.8 }, rotation: 4, zoom: 1.03 },
  pixels: 20,
  agreement: 0.9,
  proposal: null,
  rotationLeft: 0,
  obstacle: null,
  settled: false,
}

describe('the words for a camera that has moved', () => {
  it('name shift, turn and size, each only where there is one', () => {
    expect(moveText(check.move)).toBe(
      '9 pixels to the right, 6 pixels up, turned by 4.0° clockwise, 3.0 % larger',
    )
    expect(moveText({ shift: { x: -1, y: 0 }, rotation: -0.5, zoom: 0.95 })).toBe(
      '1 pixel to the left, turned by 0.5° anticlockwise, 5.0 % smaller',
    )
    expect(moveText({ shift: { x: 0.1, y: 0 }, rotation: 0, zoom: 1 })).toBe('by less than a pixel')
  })

  it('name the tape, and the project where it is another one', () => {
    expect(verdictText(check)).toMatch(/^The camera has moved since monday\.mp4: 9 pixels/)
    const elsewhere = { ...check, earlier: { name: 'monday.mp4', project: 'Hall' } }
    expect(verdictText(elsewhere)).toContain('monday.mp4 of “Hall”')
    expect(verdictText({ ...check, verdict: 'unclear' })).toContain('does not look like monday.mp4')
  })

  it('are none where it stands still or the user has decided', () => {
    expect(verdictText({ ...check, verdict: 'same' })).toBeNull()
    expect(verdictText({ ...check, settled: true })).toBeNull()
  })
})
