import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { loadMask } from '../../../src/engine/db/masks.ts'
import { openProject } from '../../../src/engine/db/project.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { packStroke } from '../../../src/shared/stroke.ts'
import { paintedProject, paintedSize } from '../../fixtures/painted-project.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const rounds = 50
const at = { project: 'the-project', tape: 1, frame: 7 }

interface Engine {
  kill(): Promise<void>
  /** Resolves once it has the project. */
  ready: Promise<{ engine: Engine; port: string }>
}

/** An engine that waits until the project is free. */
function startEngine(dir: string): Engine {
  const script = startScript('serve-strokes.ts', dir)
  const ready = script.line().then((port) => ({ engine, port }))
  // One that is killed while it waits never gets it.
  ready.catch(() => {})
  const engine: Engine = { kill: () => script.kill(), ready }
  return engine
}

/** Stroke `number` paints pixel `number`. */
function bodyOf(number: number): Uint8Array<ArrayBuffer> {
  const { width } = paintedSize
  const place = { x: number % width, y: Math.floor(number / width), width: 1, height: 1 }
  return packStroke({ mask: paintedSize, ...place, data: Uint8Array.of(1) })
}

/**
 * Posts strokes from `first` on, and kills the engine a while after it has acknowledged one. Returns
 * the first stroke that was not acknowledged.
 */
async function paintUntilKilled(engine: Engine, port: string, first: number, lifeMs: number) {
  let killed: Promise<void> | undefined
  for (let number = first; ; number++) {
    const address = `http://127.0.0.1:${port}${byteAddress.strokes(at, 'the-page', number)}`
    const request = { method: 'POST', body: bodyOf(number) }
    const response = await fetch(address, request).catch(() => null)
    if (response?.status !== 204) {
      expect(response).toBeNull()
      await killed
      return number
    }
    killed ??= setTimeout(lifeMs).then(() => engine.kill())
  }
}

const title = `an engine that is killed ${rounds} times while somebody paints loses no stroke that it has acknowledged, and counts none twice`

test(title, { timeout: 600_000 }, async () => {
  const dir = temporary('killed.maskbench')
  paintedProject(dir).close()
  const engines = new Set([1, 2, 3].map(() => startEngine(dir)))
  let painted = 0
  for (let round = 0; round < rounds; round++) {
    const { engine, port } = await Promise.race([...engines].map(({ ready }) => ready))
    engines.delete(engine)
    engines.add(startEngine(dir))
    painted = await paintUntilKilled(engine, port, painted, (round * 7) % 40)
  }
  for (const engine of engines) await engine.kill()
  const project = openProject(dir, { mode: 'write' })
  const { mask } = loadMask(project, { source: 1, frame: at.frame }) ?? {}
  // The one sent last may have reached the disk before its answer was lost.
  expect(mask?.data.subarray(0, painted).every((value) => value === 1)).toBe(true)
  expect(mask?.data.subarray(painted + 1).every((value) => value === 0)).toBe(true)
  expect(painted).toBeGreaterThanOrEqual(rounds)
  project.close()
})
