import { expect, test } from 'vitest'
import { inputSizeFor } from '../../../src/engine/models/input-size.ts'
import { type ModelDescription, modelDescriptionSchema } from '../../../src/engine/models/types.ts'
import { caught } from '../../fixtures/caught.ts'

function network(input: Partial<ModelDescription['input']>): ModelDescription {
  return modelDescriptionSchema.parse({
    id: 'net',
    name: 'Net',
    input: { name: 'x', ...input },
    output: { name: 'y' },
    classes: ['person'],
    classMap: {},
  })
}

const recipe = { width: 500, height: 300 }

test("a network that takes any size looks at the recipe's own", () => {
  expect(inputSizeFor(network({}), undefined, recipe)).toEqual(recipe)
})

test('a network that asks for multiples looks at the nearest size', () => {
  const size = inputSizeFor(network({ multiple: 32 }), undefined, recipe)
  expect(size).toEqual({ width: 512, height: 288 })
  const tiny = inputSizeFor(network({ multiple: 32 }), undefined, { width: 8, height: 8 })
  expect(tiny).toEqual({ width: 32, height: 32 })
})

test('a network with one size looks at that', () => {
  const fixed = network({ width: 513, height: 513 })
  expect(inputSizeFor(fixed, undefined, recipe)).toEqual({ width: 513, height: 513 })
})

test('a size that was asked for is taken as it is, or refused with the nearest one', () => {
  const free = network({ multiple: 16 })
  expect(inputSizeFor(free, { width: 320, height: 240 }, recipe)).toEqual({
    width: 320,
    height: 240,
  })
  const error = caught(() => inputSizeFor(free, { width: 330, height: 240 }, recipe))
  expect(error).toMatchObject({ code: 'bad-value', hint: 'Use 336x240.' })
  expect(error.message).toContain('does not take an input of 330x240')
})

test('what a network was trained with is its size, unless another one is asked for', () => {
  const settings = { input: { width: 480, height: 360 } }
  const trained = { ...network({}), training: { settings } }
  expect(inputSizeFor(trained, undefined, recipe)).toEqual(settings.input)
  const asked = { width: 320, height: 240 }
  expect(inputSizeFor(trained, asked, recipe)).toEqual(asked)
})
