import sharp from 'sharp'
import { expect, it } from 'vitest'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { discProjects } from '../../fixtures/disc-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const temporary = temporaryFolder()
const discs = discProjects(temporary)
const { start } = testBench()

/** Asks for the first picture of a set of discs through a pipeline. */
async function open(name: string) {
  await (await discs(name)).close()
  const service = start()
  const { project } = await openHeld(loadPage(service), temporary(`${name}.maskbench`))
  return (pipeline: unknown, variant: number) => {
    const at = { project, set: 1, position: 0 }
    const address = byteAddress.imageAugmented(at, { pipeline, seed: 1, variant })
    return service.bytes(new Request(`http://page${address}`))
  }
}

async function pixelsOf(answer: Response): Promise<Buffer> {
  return sharp(Buffer.from(await answer.arrayBuffer()))
    .raw()
    .toBuffer()
}

it('shows a picture as it is and through a pipeline, with its mask over it', async () => {
  const ask = await open('flip')
  const flip = [{ kind: 'flip-left-right', probability: 1 }]
  const plain = await ask(flip, 0)
  expect(plain.headers.get('content-type')).toBe('image/png')
  const [before, after] = [await pixelsOf(plain), await pixelsOf(await ask(flip, 1))]
  const mirrored = await sharp(before, { raw: { width: 32, height: 32, channels: 3 } })
    .flop()
    .raw()
    .toBuffer()
  const differ = after.filter((value, at) => value !== mirrored[at]).length
  // Edges of the mask are drawn at their left and upper side.
  expect(differ).toBeLessThan(0.1 * after.length)
  expect(after.equals(before)).toBe(false)
})

it('draws another variant for another epoch, and the same for the same', async () => {
  const ask = await open('noise')
  const noise = [{ kind: 'noise', deviation: 0.2 }]
  const [first, second, again] = await Promise.all(
    [1, 2, 1].map(async (variant) => pixelsOf(await ask(noise, variant))),
  )
  expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false)
  expect(first?.equals(again ?? Buffer.alloc(0))).toBe(true)
})

it('says what is wrong with a pipeline', async () => {
  const ask = await open('wrong')
  const answer = await ask([{ kind: 'rotate' }], 1)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({
    ...{ code: 'bad-value', message: expect.stringContaining("'rotate' is no operation") },
  })
})
