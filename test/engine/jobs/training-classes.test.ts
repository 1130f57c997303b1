import { describe, expect, test } from 'vitest'
import { startingClasses } from '../../../src/engine/jobs/training-classes.ts'
import { caught } from '../../fixtures/caught.ts'

const voc = {
  id: 'voc',
  classes: ['background', 'bus', 'person', 'train'],
  classMap: { background: 'background', person: 'person' },
}

describe('the class that one starts from', () => {
  test('has the same name', () => {
    expect(startingClasses(['background', 'person', 'bus'], voc, [])).toEqual({
      background: 'background',
      person: 'person',
      bus: 'bus',
    })
  })

  test('is the one that the network says stands for it', () => {
    const numbered = {
      id: 'numbered',
      classes: ['class0', 'class1'],
      classMap: { class0: 'background', class1: 'person' },
    }
    expect(startingClasses(['background', 'person'], numbered, [])).toEqual({
      background: 'class0',
      person: 'class1',
    })
  })

  test('is the one that the user says', () => {
    const own = ['background', 'person', 'forklift', 'cart']
    expect(startingClasses(own, voc, ['forklift=bus', ' cart = new '])).toEqual({
      background: 'background',
      person: 'person',
      forklift: 'bus',
      cart: null,
    })
  })

  test('is none for the background of a network that knows people alone', () => {
    const single = { id: 'single', classes: ['person'], classMap: { person: 'person' } }
    expect(startingClasses(['background', 'person'], single, [])).toEqual({
      background: null,
      person: 'person',
    })
  })
})

test('classes start anew where the last layer does, unless something else is said', () => {
  expect(startingClasses(['background', 'forklift'], voc, ['background=background'], true)).toEqual(
    {
      background: 'background',
      forklift: null,
    },
  )
})

describe('classes that do not match', () => {
  test.each([
    [['background', 'person', 'forklift'], [], 'the network has no class for "forklift"'],
    [['background', 'person'], ['person=pedestrian'], 'the network has no class "pedestrian"'],
    [['background', 'person'], ['worker=person'], 'no label has a class "worker"'],
    [['background', 'person'], ['person'], '--map-class is "person"; OWN=NETWORK was expected'],
    [['background', 'person'], ['person=a=b'], '--map-class is "person=a=b"'],
  ])('%j with %j are named, with those that there are', (own, words, problem) => {
    const error = caught(() => startingClasses(own, voc, words))
    expect(error).toMatchObject({ code: 'class-mismatch', kind: 'input' })
    expect(error.message).toContain(problem)
    expect(error.message).toContain('voc has "background", "bus", "person", "train"')
    expect(error.hint).toContain('--map-class')
  })
})
