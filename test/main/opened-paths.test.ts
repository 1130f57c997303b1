import { mkdirSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine, openedPath, openedPaths } from '../../src/main/opened-paths.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()

beforeAll(() => {
  mkdirSync(temporary('hall "A" 📼.maskbench'))
  writeFileSync(temporary('hall "A" 📼.maskbench', 'project.db'), '')
  writeFileSync(temporary('tape.mp4'), '')
  mkdirSync(temporary('folder'))
})

describe('what is opened from outside', () => {
  it('is a project by its folder or its database, and a tape by its file', () => {
    const project = { kind: 'project', path: temporary('hall "A" 📼.maskbench') }
    expect(openedPath(project.path)).toEqual(project)
    expect(openedPath(temporary('hall "A" 📼.maskbench', 'project.db'))).toEqual(project)
    expect(openedPath(temporary('tape.mp4'))).toEqual({ kind: 'tape', path: temporary('tape.mp4') })
  })

  it.each(['folder', 'absent.mp4'])('is not %s', (name) =>
    expect(openedPath(temporary(name))).toBeNull(),
  )

  it('is named on the command line relative to the folder it was typed in', () => {
    const line = { words: ['--ozone-platform=x11', 'tape.mp4', 'absent'], folder: temporary() }
    expect(openedPaths(line)).toEqual([{ kind: 'tape', path: temporary('tape.mp4') }])
  })
})

describe('our words of a command line', () => {
  it('come after the program’s folder, where Electron runs it from one', () => {
    const argv = ['/bin/electron', '--inspect=0', '-r', '/loader.js', '.', '--flag', 'tape.mp4']
    expect(commandLine(argv, '/app', '/app').words).toEqual(['--flag', 'tape.mp4'])
  })

  it('come after the program itself, once it is packaged', () => {
    expect(commandLine(['/opt/Maskbench', 'tape.mp4'], '/tapes', null)).toEqual({
      words: ['tape.mp4'],
      folder: '/tapes',
    })
  })
})
