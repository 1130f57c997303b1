import { readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadFrameIndex } from '../../../src/engine/db/frame-indexes.ts'
import { cacheFolder } from '../../../src/engine/db/layout.ts'
import { type Engine, openEngine } from '../../../src/engine/engine.ts'
import { chooseSource } from '../../../src/engine/jobs/choose-source.ts'
import { inferTape } from '../../../src/engine/jobs/infer-tape.ts'
import { backgroundPng, keptBackground } from '../../../src/engine/jobs/kept-background.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { leftHalf } from '../../fixtures/blind-project.ts'
import { rejection } from '../../fixtures/caught.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { squareSize } from '../../fixtures/square-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const temporary = temporaryFolder()
/** Enough for a run to pay for a background. */
const frames = 200

const filesOf = async ({ project }: Engine): Promise<string[]> =>
  (await readdir(cacheFolder(project.dir))).filter((name) => name.startsWith('background-'))

/** The stages of a run over the tape. */
async function stagesOf(engine: Engine, model?: string): Promise<Set<string>> {
  const stages = new Set<string>()
  const source = chooseSource(engine.project, undefined)
  await inferTape(engine, source, { model }, { onProgress: ({ stage }) => stages.add(stage) })
  return stages
}

describe('the empty scene of a tape', () => {
  test('is made by the first run over it, and kept for the next and for whoever else asks', async () => {
    const path = await paintable(temporary('runs'), 'walk', { frames, regions: [leftHalf] })
    await tinyNetwork(projectModelFolder(path, 'other'), [1, -12, -0.25, 0], 'other')
    await using engine = openEngine(path, 'write')
    expect(await stagesOf(engine)).toEqual(new Set(['background', 'infer']))
    const [file = '', ...others] = await filesOf(engine)
    expect(others).toEqual([])
    expect(await stagesOf(engine, 'other')).toEqual(new Set(['infer']))
    expect(await filesOf(engine)).toEqual([file])
  })

  test('is there without the tape, and made anew where its file is damaged', async () => {
    const path = await paintable(temporary('damaged'), 'walk', { frames })
    await using engine = openEngine(path, 'write')
    const source = chooseSource(engine.project, undefined)
    const view = { index: loadFrameIndex(engine.project, source), filters: '' }
    const scene = await keptBackground(engine, view, {})
    expect(scene).toMatchObject(squareSize)
    // Nobody is in it: the floor alone, which is grey.
    expect(scene.data.every((value, at) => value === scene.data[at - (at % 3)])).toBe(true)
    const [file = ''] = await filesOf(engine)
    await writeFile(join(cacheFolder(path), file), 'not a picture')
    expect((await keptBackground(engine, view, {})).data).toEqual(scene.data)
    await rename(source.path, `${source.path} away`)
    expect(Buffer.from((await keptBackground(engine, view, {})).data)).toEqual(
      Buffer.from(scene.data),
    )
    const png = await backgroundPng(engine, view, () => {
      throw new Error('nobody asks for the tape')
    })
    expect(png.length).toBeGreaterThan(0)
    const other = { ...view, filters: 'hflip' }
    expect((await rejection(keptBackground(engine, other, {}))).code).toBe('tape-missing')
  })
})
