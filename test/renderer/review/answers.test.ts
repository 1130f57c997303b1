import { describe, expect, it, vi } from 'vitest'
import { Answers, type NewAnswer } from '../../../src/renderer/src/review/state/answers.ts'
import { AppError } from '../../../src/shared/errors.ts'

const yes = (frame: number, region = 1): NewAnswer => ({ region, frame, occupied: true })
const no = (frame: number, region = 1): NewAnswer => ({ region, frame, occupied: false })

/** An engine that takes answers, unless it is told to fail. */
class Engine {
  readonly taken: NewAnswer[][] = []
  failures: AppError[] = []

  readonly send = async (answers: readonly NewAnswer[]): Promise<void> => {
    const failure = this.failures.shift()
    if (failure) throw failure
    this.taken.push([...answers])
  }
}

function answersOf(engine: Engine): Answers {
  return new Answers({ send: engine.send, retryMs: [1, 200, 5] })
}

const lost = () => new AppError('disconnected', 'the engine has stopped')
const isSaved = (answers: Answers) =>
  vi.waitUntil(() => answers.get().status === 'saved' && answers.get().pending === 0)

describe('answers', () => {
  it('show at once and reach the engine in their order', async () => {
    const engine = new Engine()
    const answers = answersOf(engine)
    answers.answer([yes(3), no(4)])
    answers.answer([no(3)])
    expect(answers.answerOf(1, 3)).toBe(false)
    expect(answers.get().pending).toBe(2)
    await isSaved(answers)
    expect(engine.taken).toEqual([[yes(3), no(4)], [no(3)]])
  })

  it('that are so already are not sent', async () => {
    const engine = new Engine()
    const answers = answersOf(engine)
    answers.setKnown([{ region: 1, frame: 3, occupied: true }])
    expect(answers.answer([yes(3)])).toBe(0)
    expect(answers.answer([yes(3), no(5)])).toBe(1)
    await isSaved(answers)
    expect(engine.taken).toEqual([[no(5)]])
  })

  it('wait in memory while the engine is away, and are tried again', async () => {
    const engine = new Engine()
    engine.failures = [lost(), lost(), lost()]
    const answers = answersOf(engine)
    answers.answer([yes(3)])
    await vi.waitUntil(() => answers.get().status === 'waiting')
    expect(answers.get().problem?.code).toBe('disconnected')
    answers.answer([yes(4)])
    expect(answers.answerOf(1, 4)).toBe(true)
    await isSaved(answers)
    expect(engine.taken).toEqual([[yes(3)], [yes(4)]])
    expect(answers.get().problem).toBeNull()
  })

  it('stay over what the engine told before it had them', async () => {
    const engine = new Engine()
    engine.failures = [lost()]
    const answers = answersOf(engine)
    answers.answer([no(3)])
    answers.setKnown([
      { region: 1, frame: 3, occupied: true },
      { region: 2, frame: 3, occupied: true },
    ])
    expect(answers.answerOf(1, 3)).toBe(false)
    expect(answers.answerOf(2, 3)).toBe(true)
    await isSaved(answers)
    expect(answers.answerOf(1, 3)).toBe(false)
  })

  it('are taken back where the engine refuses them, and that is told', async () => {
    const engine = new Engine()
    engine.failures = [new AppError('no-such-region', 'there is no region 1')]
    const answers = answersOf(engine)
    answers.answer([yes(3)])
    await isSaved(answers)
    expect(answers.answerOf(1, 3)).toBeNull()
    expect(answers.get().problem?.code).toBe('no-such-region')
    expect(answers.canUndo).toBe(false)
    answers.dismiss()
    expect(answers.get().problem).toBeNull()
  })

  it('are undone and redone step by step', async () => {
    const engine = new Engine()
    const answers = answersOf(engine)
    answers.setKnown([{ region: 1, frame: 3, occupied: true }])
    answers.answer([no(3), no(4)])
    answers.answer([yes(9)])
    expect(answers.undo().map(({ frame }) => frame)).toEqual([9])
    expect(answers.undo().map(({ frame }) => frame)).toEqual([3, 4])
    expect([3, 4, 9].map((frame) => answers.answerOf(1, frame))).toEqual([true, null, null])
    expect(answers.undo()).toEqual([])
    answers.redo()
    expect([3, 4, 9].map((frame) => answers.answerOf(1, frame))).toEqual([false, false, null])
    answers.answer([no(9)])
    expect(answers.canRedo).toBe(false)
    await isSaved(answers)
    expect(engine.taken.at(2)).toEqual([{ region: 1, frame: 9, occupied: null }])
    expect(engine.taken.at(3)).toEqual([yes(3), { region: 1, frame: 4, occupied: null }])
  })

  it('change only the map of their own region', () => {
    const answers = answersOf(new Engine())
    answers.setKnown([
      { region: 1, frame: 3, occupied: true },
      { region: 2, frame: 3, occupied: true },
    ])
    const before = answers.get().answers
    answers.answer([no(3, 2)])
    expect(answers.get().answers.get(1)).toBe(before.get(1))
    expect(answers.get().answers.get(2)).not.toBe(before.get(2))
  })
})
