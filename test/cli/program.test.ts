import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Register } from '../../src/cli/command.ts'
import { integerOption, numberOption } from '../../src/cli/options.ts'
import { AppError, throwIfCancelled } from '../../src/shared/errors.ts'
import { runWords } from '../fixtures/program.ts'

const words = z.tuple([
  z.string(),
  z.object({ times: z.number().optional(), size: z.number().optional() }),
])

const greet: Register = (program, handle) => {
  program
    .command('greet')
    .argument('<name>')
    .option('--times <n>', 'how often', integerOption('--times', { minimum: 1, maximum: 9 }))
    .option('--size <px>', 'how large', numberOption('--size', { minimum: 0 }))
    .action(
      handle(words, async (context, [name, { times = 1 }]) => {
        context.note('greeting')
        if (name === 'nobody') throw new AppError('bad-value', 'nobody\nis there', 'Name somebody.')
        if (name === 'bug') throw new TypeError('undefined is not a name')
        if (name === 'slow') {
          await new Promise((resolve) => context.signal.addEventListener('abort', resolve))
          throwIfCancelled(context.signal, 'greeting')
        }
        return { json: { name, times }, text: `hello ${name}`.repeat(times) }
      }),
    )
}

const run = (...typed: string[]) => runWords(typed, [greet])

describe('the program', () => {
  it('prints text for people and notes on stderr', async () => {
    expect(await run('greet', 'you')).toEqual({
      code: 0,
      stdout: 'hello you\n',
      stderr: 'greeting\n',
    })
  })

  it('prints exactly one JSON document on stdout when asked to', async () => {
    const { code, stdout } = await run('greet', 'you', '--times', '2', '--json')
    expect({ code, json: JSON.parse(stdout) }).toEqual({ code: 0, json: { name: 'you', times: 2 } })
  })

  it('reports wrong input on one line, with what to do, and exits with 2', async () => {
    const { code, stdout, stderr } = await run('greet', 'nobody')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe('greeting\nerror: nobody is there. Name somebody.\n')
  })

  it('reports an error as JSON on stdout when asked to', async () => {
    const { code, stdout } = await run('greet', 'nobody', '--json')
    expect({ code, json: JSON.parse(stdout) }).toEqual({
      code: 2,
      json: { error: { code: 'bad-value', message: 'nobody\nis there', hint: 'Name somebody.' } },
    })
  })

  it('exits with 1 for a failure of its own and shows the stack only when asked to', async () => {
    const quiet = await run('greet', 'bug')
    const verbose = await run('greet', 'bug', '--verbose')
    expect(quiet.code).toBe(1)
    expect(quiet.stderr).not.toContain('program.test.ts')
    expect(verbose.stderr).toContain('program.test.ts')
  })

  it.each([
    [['greet'], 'missing required argument'],
    [['greet', 'you', '--tims', '3'], 'unknown option'],
    [['gret', 'you'], 'unknown command'],
    [['greet', 'you', '--times', '1.5'], '--times is "1.5"; a whole number from 1 to 9'],
    [['greet', 'you', '--times', '10'], '--times is "10"; a whole number from 1 to 9'],
    [['greet', 'you', '--size', 'NaN'], '--size is "NaN"; a number of at least 0'],
    [['greet', 'you', '--size', ''], '--size is ""; a number of at least 0'],
  ])('refuses %j with exit code 2 and says why', async (typed, why) => {
    const { code, stderr } = await run(...typed)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: .*\n$/)
    expect(stderr).toContain(why)
  })

  it('stops cleanly at Ctrl-C with exit code 130, and at once at the second', async () => {
    const interrupts: (() => void)[] = []
    const running = runWords(['greet', 'slow'], [greet], (interrupt) => interrupts.push(interrupt))
    await new Promise(setImmediate)
    interrupts[0]?.()
    expect(() => interrupts[0]?.()).toThrow('exit 130')
    const { code, stderr } = await running
    expect(code).toBe(130)
    expect(stderr).toContain('stopping after this step')
    expect(stderr).toContain('error: greeting was cancelled')
  })

  it('shows the help where a command is missing, and exits with 2', async () => {
    const { code, stdout, stderr } = await run()
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^Usage: maskbench .*greet.*error: a command was expected\./s)
    const json = await run('--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'usage' } })
  })

  it('prints help on stdout and exits with 0', async () => {
    const { code, stdout } = await run('greet', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('--times <n>')
  })
})
