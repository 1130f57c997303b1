import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../scripts/root.ts'

const run = promisify(execFile)

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-launcher-'))
  await add('bin/maskbench.mjs', null)
})

afterEach(() => rm(folder, { recursive: true }))

/** A file that says who it is when run, `age` seconds old; null copies the launcher. */
async function add(name: string, says: string | null, age = 0): Promise<void> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  if (says === null) await copyFile(join(root, name), path)
  else await writeFile(path, `console.log(${JSON.stringify(says)}, ...process.argv.slice(2))`)
  const time = Date.now() / 1000 - age
  await utimes(path, time, time)
}

async function launch(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(folder, 'bin/maskbench.mjs'), ...args])
  return stdout.trim()
}

/** Launches under this Node, which says that it is another. */
function launchAs(version: string) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  const preload = `--import=data:text/javascript,${encodeURIComponent(pretend)}`
  return run(process.execPath, [preload, join(folder, 'bin/maskbench.mjs')])
}

describe('the launcher', () => {
  it('runs the build while no source is newer', async () => {
    await add('src/cli/index.ts', 'source', 60)
    await add('out/main/cli.cjs', 'build', 30)
    expect(await launch('count', '--json')).toBe('build count --json')
  })

  it('runs the source when any file of it is newer than the build', async () => {
    await add('src/cli/index.ts', 'source', 60)
    await add('src/engine/media/tape.ts', 'another file', 10)
    await add('out/main/cli.cjs', 'build', 30)
    expect(await launch('count')).toBe('source count')
  })

  it('runs the source where there is no build', async () => {
    await add('src/cli/index.ts', 'source')
    expect(await launch()).toBe('source')
  })

  it('runs the build where there is no source, as in an installed package', async () => {
    await add('out/main/cli.cjs', 'build')
    expect(await launch()).toBe('build')
  })

  it('runs the build on a Node that lacks what the source uses', async () => {
    await add('src/cli/index.ts', 'source')
    await add('out/main/cli.cjs', 'build', 30)
    expect((await launchAs('22.18.0')).stdout).toBe('build\n')
    await rm(join(folder, 'out'), { recursive: true })
    await expect(launchAs('22.18.0')).rejects.toMatchObject({
      code: 1,
      stderr: 'maskbench is not built: run "npm run build" first.\n',
    })
  })

  it.each(['14.21.3', '20.20.2', '22.17.1'])('says on Node %s what to do', async (version) => {
    await add('src/cli/index.ts', 'source')
    await expect(launchAs(version)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^maskbench needs Node .* this is ${version}.*\n$`)),
    })
  })
})
