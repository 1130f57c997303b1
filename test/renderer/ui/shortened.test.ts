import { expect, it } from 'vitest'
import { shortened } from '../../../src/renderer/src/ui/shortened.ts'

it('leaves a name that is short enough as it is', () => {
  expect(shortened('Red squares', 11)).toBe('Red squares')
})

it('cuts a long name in the middle, so that both ends are seen', () => {
  const name = 'Fine-tuned 2026-05-01 on 8 frames, from deeplabv3-mobilenetv2-voc'
  expect(shortened(name, 40)).toMatch(/^Fine-tuned 2026-05-.*…/)
  expect(shortened(name, 40)).toMatch(/mobilenetv2-voc$/)
  expect([...shortened(name, 40)].length).toBeLessThanOrEqual(40)
})

it('cuts no letter in two', () => {
  expect(shortened('🙂'.repeat(20), 5)).toBe('🙂🙂…🙂🙂')
})
