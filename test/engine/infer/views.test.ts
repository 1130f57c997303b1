import { describe, expect, test } from 'vitest'
import { openSegmenter } from '../../../src/engine/infer/segmenter.ts'
import { pieceOf, requireLook, viewsOf, windowStarts } from '../../../src/engine/infer/views.ts'
import { modelDescriptionSchema } from '../../../src/engine/models/types.ts'
import { type Look, lookSchema } from '../../../src/shared/segment.ts'
import { caught } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const description = (input: object = {}) =>
  modelDescriptionSchema.parse({
    id: 'some',
    name: 'Some',
    input: { name: 'image', multiple: 8, ...input },
    output: { name: 'logits' },
    classes: ['background', 'person'],
    classMap: {},
  })
/** As large as the piece. */
const asItIs = ({ width, height }: { width: number; height: number }) => ({ width, height })
const look = (part: Partial<Look>): Look => lookSchema.parse(part)

describe('The windows of a picture', () => {
  test('begin evenly apart, and the last one ends at its edge', () => {
    expect(windowStarts(100, 40, 0.5)).toEqual([0, 20, 40, 60])
    expect(windowStarts(101, 40, 0.5)).toEqual([0, 20, 40, 60, 61])
    expect(windowStarts(100, 40, 0)).toEqual([0, 40, 60])
    expect(windowStarts(30, 40, 0.5)).toEqual([0])
  })

  test('are looked at in every size, as they are and mirrored', () => {
    const wanted = look({ window: { width: 64, height: 48 }, scales: [1, 0.5], flip: true })
    const views = viewsOf(description(), { width: 128, height: 48 }, wanted, asItIs)
    expect(views).toHaveLength(3 * 2 * 2)
    expect(views[3]).toEqual({
      ...{ x: 32, y: 0, width: 64, height: 48, isMirrored: true },
      input: { width: 64, height: 48 },
    })
    // Half of it, rounded to what the network takes.
    expect(views.at(-1)?.input).toEqual({ width: 32, height: 24 })
  })

  test('are refused where there would be too many', () => {
    const wanted = look({ window: { width: 8, height: 8 }, overlap: 0.9 })
    const size = { width: 1000, height: 1000 }
    expect(caught(() => viewsOf(description(), size, wanted, asItIs)).code).toBe('bad-value')
  })

  test('hold the bytes of their place, mirrored where they are', () => {
    const picture = Uint8Array.from({ length: 3 * 12 }, (_, i) => i)
    const size = { width: 4, height: 3 }
    const view = { x: 1, y: 1, width: 2, height: 2, input: size }
    expect([...pieceOf(picture, size, { ...view, isMirrored: false })]).toEqual([
      ...[15, 16, 17, 18, 19, 20],
      ...[27, 28, 29, 30, 31, 32],
    ])
    expect([...pieceOf(picture, size, { ...view, isMirrored: true })]).toEqual([
      ...[18, 19, 20, 15, 16, 17],
      ...[30, 31, 32, 27, 28, 29],
    ])
  })
})

describe('A network with an input of one size', () => {
  const fixed = description({ width: 320, height: 240 })

  test('takes windows and mirrored pictures, but no other scales', () => {
    const windows = look({ window: { width: 320, height: 240 }, flip: true })
    expect(() => requireLook(fixed, false, windows)).not.toThrow()
    const { code, message } = caught(() => requireLook(fixed, false, look({ scales: [0.5, 1] })))
    expect(code).toBe('unsupported-model')
    expect(message).toContain('320x240')
  })

  test.each<Partial<Look>>([
    { window: { width: 64, height: 64 } },
    { flip: true },
    { scales: [2] },
    { crop: { resize: 256, size: 224 } },
  ])('that holds the empty scene of a camera does not take %j', (part) => {
    const { code, message } = caught(() => requireLook(fixed, true, look(part)))
    expect(code).toBe('unsupported-model')
    expect(message).toContain('empty scene')
    expect(() => requireLook(fixed, true, look({}))).not.toThrow()
  })
})

describe('A network that looks several times', () => {
  const temporary = temporaryFolder()
  const [red, green] = [
    [255, 0, 0],
    [0, 255, 0],
  ]
  const size = { width: 64, height: 32 }
  /** Red, which the network takes for a person, with a green block, a chair, at the right. */
  const picture = Uint8Array.from({ length: 3 * 64 * 32 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % 64, Math.floor(i / 3 / 64)]
    return (x >= 40 && y >= 8 ? green : red)?.[i % 3] ?? 0
  })

  async function segment(part: Partial<Look>): Promise<Uint8Array> {
    const modelFolder = await tinyNetwork(temporary('tiny'), [0, 0, 0, 0])
    const options = { modelFolder, device: 'cpu', threads: 1, classes: null, look: look(part) }
    await using segmenter = await openSegmenter(options)
    return (await segmenter.segment({ ...size, data: picture })).data
  }

  test('answers in its own classes, and mirrored no worse', async () => {
    const once = await segment({})
    expect([once[0], once[63], once[16 * 64 + 10], once[16 * 64 + 60]]).toEqual([1, 1, 1, 2])
    expect(await segment({ flip: true })).toEqual(once)
  })

  test('sees every pixel of the picture through windows', async () => {
    const mask = await segment({ window: { width: 24, height: 16 }, overlap: 0.25 })
    const inBlock = Array.from({ length: 16 }, (_, i) => mask[20 * 64 + 46 + i])
    expect(new Set(inBlock)).toEqual(new Set([2]))
    const outside = Array.from({ length: 32 }, (_, i) => mask[20 * 64 + i])
    expect(new Set(outside)).toEqual(new Set([1]))
  })

  test('is as fine as its finest look where scales are averaged', async () => {
    const [coarse, both] = [await segment({ scales: [0.5] }), await segment({ scales: [0.5, 2] })]
    const wrongAt = (mask: Uint8Array) =>
      mask.filter((value, i) => value !== (i % 64 >= 40 && i >= 8 * 64 ? 2 : 1)).length
    expect(wrongAt(both)).toBeLessThan(wrongAt(coarse))
  })
})
