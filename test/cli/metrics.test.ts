import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { commands } from '../../src/cli/commands.ts'
import { drawnMask } from '../fixtures/drawn-mask.ts'
import { writeGrey } from '../fixtures/grey-png.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { runWords } from '../fixtures/program.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()
const score = z.number().nullable()
const matrix = z.array(z.array(score))
const comparison = z.object({
  images: z.number(),
  classes: z.array(
    z.object({
      name: z.string(),
      iou: score,
      dice: score,
      precision: score,
      recall: score,
      f1: score,
      pixels: z.number(),
    }),
  ),
  meanIou: score,
  meanAccuracy: score,
  pixelAccuracy: score,
  frequencyWeightedIou: score,
  confusion: z.object({ counts: matrix, byTruth: matrix, byPrediction: matrix }),
  boundary: z.object({ tolerance: z.number(), meanF1: score }).optional(),
  objects: z.object({ classes: z.array(z.looseObject({ found: z.number() })) }).optional(),
  missing: z.array(z.object({ name: z.string(), missingIn: z.string() })),
})

let words: [string, string, string, string] = ['metrics', 'compare', '', '']
beforeAll(async () => {
  words = ['metrics', 'compare', temporary('truth'), temporary('prediction')]
  await writeGrey(temporary('truth', 'a.png'), drawnMask('11..  ....  ..11'))
  await writeGrey(temporary('prediction', 'a.png'), drawnMask('11..  ....  ....'))
  await writeGrey(temporary('truth', 'b.png'), drawnMask('1...'))
})

describe('metrics compare', () => {
  test('prints every score as JSON', async () => {
    const scores = await result(comparison, ...words, '--boundary', '--objects', 1)
    expect(scores).toMatchObject({
      images: 1,
      meanIou: (8 / 10 + 2 / 4) / 2,
      meanAccuracy: (1 + 2 / 4) / 2,
      pixelAccuracy: 10 / 12,
      confusion: {
        counts: [
          [8, 0],
          [2, 2],
        ],
        byTruth: [
          [1, 0],
          [0.5, 0.5],
        ],
        byPrediction: [
          [0.8, 0],
          [0.2, 1],
        ],
      },
      boundary: { tolerance: 0.0075 },
      objects: { classes: [{ found: 1, missed: 1, false: 0, accuracy: 0.5, precision: 1 }] },
      missing: [{ name: 'b', missingIn: 'prediction' }],
    })
    expect(scores.frequencyWeightedIou).toBeCloseTo((8 * 0.8 + 4 * 0.5) / 12, 12)
  })

  test('prints tables for people, and what was not scored on stderr', async () => {
    const { code, stdout, stderr } = await runWords([...words, '--objects', '1'], commands)
    expect(code).toBe(0)
    expect(stdout).toContain('1 picture: mean IoU 0.650')
    expect(stdout).toMatch(/^class +found +missed +false +accuracy/m)
    expect(stdout).toMatch(/^1 +50\.0 % +50\.0 %$/m)
    expect(stderr).toContain('note: 1 without a prediction: b')
  })

  test('writes a table with a class a row', async () => {
    await result(comparison, ...words, '--csv', temporary('scores.csv'))
    expect(await readFile(temporary('scores.csv'), 'utf8')).toBe(
      'class,pixels,iou,dice,precision,recall,f1,as 0,as 1\r\n' +
        '0,8,0.8,0.8888888888888888,0.8,1,0.8888888888888888,8,0\r\n' +
        '1,4,0.5,0.6666666666666666,1,0.5,0.6666666666666666,2,2\r\n',
    )
  })

  test('ends with 2 where the words fit nothing', async () => {
    expect(await failure(...words, '--objects', 'cap')).toMatchObject({
      exit: 2,
      code: 'bad-value',
    })
    expect(await failure(...words, '--tolerance', 2)).toMatchObject({ exit: 2, code: 'bad-value' })
  })
})
