import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProject } from '../../../src/engine/db/project.ts'
import { PageHandle } from '../../../src/engine/workbench/page-handle.ts'
import { SharedProject } from '../../../src/engine/workbench/shared-project.ts'
import { createEventHub } from '../../../src/shared/rpc.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const graceMs = 8000

let shared: SharedProject
let ends: number
let handle: PageHandle

beforeEach(({ task }) => {
  const path = temporary(`${task.id}.maskbench`)
  createProject(path).close()
  shared = new SharedProject(path, { events: createEventHub(), engine: {}, onUnused() {} })
  ends = 0
  handle = new PageHandle('handle', shared, { graceMs, onEnd: () => (ends += 1) })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(async () => {
  vi.useRealTimers()
  await shared.close()
})

/** Holds the handle; `end` lets go of it and waits until that has arrived. */
function held() {
  const controller = new AbortController()
  const over = handle.hold(controller.signal)
  const end = (): Promise<void> => {
    controller.abort()
    return over
  }
  return { over, end }
}

describe('a page that does not hold its project', () => {
  test('has it for as long as it asks for something, and a little longer', () => {
    handle.use()
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(graceMs - 1)
      handle.use()
    }
    vi.advanceTimersByTime(graceMs - 1)
    expect(ends).toBe(0)
    vi.advanceTimersByTime(1)
    expect(ends).toBe(1)
  })
})

describe('a page that holds its project', () => {
  test('has it however long it is silent', async () => {
    handle.use()
    const hold = held()
    vi.advanceTimersByTime(1000 * graceMs)
    expect(ends).toBe(0)
    await hold.end()
    vi.advanceTimersByTime(graceMs - 1)
    expect(ends).toBe(0)
    vi.advanceTimersByTime(1)
    expect(ends).toBe(1)
  })

  test('and is reloaded has it on, also where the new page holds it before the old one lets go', async () => {
    const before = held()
    const after = held()
    await before.end()
    vi.advanceTimersByTime(2 * graceMs)
    expect(ends).toBe(0)
    const third = after.end().then(() => held())
    await third
    vi.advanceTimersByTime(2 * graceMs)
    expect(ends).toBe(0)
  })

  test('and closes it lets go at once, which ends its hold', async () => {
    const hold = held()
    handle.end()
    await hold.over
    expect(ends).toBe(1)
    handle.use()
    vi.advanceTimersByTime(2 * graceMs)
    expect(ends).toBe(1)
  })
})
