import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  augmentationKinds,
  augmentationSchema,
  canonicalAugmentation,
} from '../../src/shared/augmentation.ts'
import { operationSchemas } from '../../src/shared/augmentation-operations.ts'

const problems = (value: unknown): string[] =>
  (augmentationSchema.safeParse(value).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

describe('A pipeline', () => {
  it('is the same text whether its defaults are written or not, and in any order', () => {
    const short = [{ kind: 'gaussian-blur', deviation: 2 }]
    const long = {
      steps: [{ deviation: [2, 2], probability: 1, kind: 'gaussian-blur' }],
      probability: 1,
      kind: 'sequential',
    }
    const text = canonicalAugmentation(augmentationSchema.parse(short))
    expect(canonicalAugmentation(augmentationSchema.parse(long))).toBe(text)
    expect(canonicalAugmentation(augmentationSchema.parse(JSON.parse(text)))).toBe(text)
  })

  it('takes every operation with its defaults, apart from sizes', () => {
    const sizes = { width: 8, height: 8 }
    const needed: Record<string, object> = {
      ...{ crop: sizes, resize: sizes, 'resize-side': { length: 8 } },
      ...{ 'pad-multiple': { multiple: 8 }, 'one-of': { steps: [{ kind: 'jpeg' }] } },
      ...{ 'some-of': { steps: [{ kind: 'jpeg' }] }, sequential: { steps: [] } },
    }
    for (const kind of augmentationKinds) expect(problems([{ kind, ...needed[kind] }])).toEqual([])
  })

  it.each([
    [
      'an operation that there is not',
      [{ kind: 'blurr' }],
      /^steps\.0\.kind: 'blurr' is no operation; one of .*gaussian-blur/,
    ],
    ['a step without a kind', [{}], /^steps\.0: a step is \{"kind": …\}/],
    [
      'a range the wrong way round',
      [{ kind: 'gamma', gamma: [2, 1] }],
      /^steps\.0\.gamma: .*not the other way round/,
    ],
    [
      'a value beyond its bounds',
      [{ kind: 'jpeg', quality: [0, 50] }],
      /^steps\.0\.quality\.0: .*>=1/,
    ],
    [
      'a fraction where numbers are whole',
      [{ kind: 'jpeg', quality: 50.5 }],
      /^steps\.0\.quality\.0: .*int/,
    ],
    ['a probability above 1', [{ kind: 'jpeg', probability: 1.5 }], /^steps\.0\.probability: /],
    ['a misspelt parameter', [{ kind: 'affine', rotation: 5 }], /^steps\.0: .*"rotation"/],
    [
      'the class of a colour',
      [{ kind: 'affine', borderMask: 'same' }],
      /^steps\.0\.borderMask: a colour has no class/,
    ],
    [
      'nothing to choose from',
      [{ kind: 'one-of', steps: [] }],
      /^steps\.0\.steps: there is nothing to choose from/,
    ],
    [
      'a fault deep inside',
      [{ kind: 'one-of', steps: [{ kind: 'jpeg' }, { kind: 'x' }] }],
      /^steps\.0\.steps\.1\.kind: 'x'/,
    ],
    ['something else', 'flip', /^: a step is/],
  ])('refuses %s, and says where', (_name, value, expected) => {
    expect(problems(value)[0]).toMatch(expected)
  })

  it('refuses groups within groups without end', () => {
    let nested: object = { kind: 'jpeg' }
    for (let depth = 0; depth < 50_000; depth++) nested = { kind: 'sequential', steps: [nested] }
    expect(problems(nested)).toEqual([': groups lie more than 8 deep in each other'])
  })
})

describe('The documentation', () => {
  const lines = readFileSync(new URL('../../docs/augmentation.md', import.meta.url), 'utf8').split(
    '\n',
  )

  it.each(Object.entries(operationSchemas))('has every parameter of %s', (kind, { shape }) => {
    const line = lines.find((text) => text.startsWith(`| \`${kind}\` |`)) ?? ''
    const common = 'border' in shape ? ['border', 'colour', 'borderMask'] : []
    const own = Object.keys(shape).filter(
      (name) => !['kind', 'probability', ...common].includes(name),
    )
    for (const name of own) expect(line).toContain(`\`${name}\``)
    expect(line.includes('*border*')).toBe(common.length > 0)
  })
})
