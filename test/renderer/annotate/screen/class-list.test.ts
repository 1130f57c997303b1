import { describe, expect, it } from 'vitest'
import {
  isUsable,
  painted,
  withAnother,
} from '../../../../src/renderer/src/annotate/screen/class-list.ts'
import { defaultClasses } from '../../../../src/shared/mask.ts'

describe('The list of classes', () => {
  it('gets classes with the first free index, and a colour that no other has', () => {
    const more = withAnother(withAnother(defaultClasses))
    expect(more.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    expect(new Set(more.map(({ colour }) => colour)).size).toBe(4)
    expect(withAnother(more.filter(({ index }) => index !== 2)).at(-1)?.index).toBe(2)
  })

  it('shows what can be painted', () => {
    expect(painted(defaultClasses).map(({ name }) => name)).toEqual(['person'])
  })

  it('can be used when all names are there and differ', () => {
    const [background, person] = defaultClasses
    if (!background || !person) throw new Error('no classes')
    expect(isUsable(defaultClasses)).toBe(true)
    expect(isUsable([background, { ...person, name: ' ' }])).toBe(false)
    expect(isUsable([background, { ...person, name: 'Background' }])).toBe(false)
  })

  it('is full with 254 classes beside the background', () => {
    let classes = [...defaultClasses]
    for (let i = 0; i < 300; i++) classes = withAnother(classes)
    expect(classes).toHaveLength(255)
    expect(isUsable(classes)).toBe(true)
  })
})
