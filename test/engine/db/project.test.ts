import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { listClasses } from '../../../src/engine/db/classes.ts'
import { addJob, getJob, startJob } from '../../../src/engine/db/jobs.ts'
import { databaseFile } from '../../../src/engine/db/layout.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import { defaultClasses } from '../../../src/shared/mask.ts'
import { caught } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

/** Every file of a folder with the hash of its bytes. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
  return Object.fromEntries(files.map((file) => [file, hash(file)]))
}

function closedProject(name: string): string {
  const dir = temporary(name)
  createProject(dir).close()
  return dir
}

/** Changes the database of a closed project behind the product's back. */
function tamper(dir: string, sql: string): void {
  const db = new Database(databaseFile(dir))
  db.exec(sql)
  db.close()
}

const openCode = (dir: string, mode: 'write' | 'read' = 'write') =>
  caught(() => openProject(dir, { mode })).code

describe('a new project', () => {
  test('can be opened again and has the default classes', () => {
    const dir = closedProject('new.maskbench')
    const project = openProject(dir, { mode: 'read' })
    expect(listClasses(project)).toEqual(defaultClasses)
    project.close()
  })

  test('is one file without a log once it is closed, so that it can be copied anywhere', () => {
    const dir = closedProject('one-file.maskbench')
    expect(readdirSync(dir).sort()).toEqual(['cache', 'lock.db', 'maps', 'models', 'project.db'])
  })

  test('is not made in a folder that holds something', () => {
    mkdirSync(temporary('taken'))
    writeFileSync(temporary('taken', 'notes.txt'), 'mine')
    expect(caught(() => createProject(temporary('taken')))).toMatchObject({
      code: 'project-exists',
      message: expect.stringContaining('not an empty folder'),
    })
    expect(readFileSync(temporary('taken', 'notes.txt'), 'utf8')).toBe('mine')
  })
})

describe('what cannot be opened', () => {
  test('is a folder that is not there', () => {
    expect(openCode(temporary('nowhere'))).toBe('no-such-file')
  })

  test('is a folder or a file that is no project', () => {
    mkdirSync(temporary('folder'))
    writeFileSync(temporary('file'), 'text')
    expect(openCode(temporary('folder'))).toBe('not-a-project')
    expect(openCode(temporary('file'))).toBe('not-a-project')
  })

  test('is a database that another program made', () => {
    mkdirSync(temporary('other'))
    tamper(temporary('other'), 'CREATE TABLE something (a)')
    const before = contents(temporary('other'))
    expect(caught(() => openProject(temporary('other'), { mode: 'write' }))).toMatchObject({
      code: 'not-a-project',
      message: expect.stringContaining('another program'),
    })
    expect(contents(temporary('other'))).toEqual(before)
  })

  test.each(['read', 'write'] as const)(
    'is a project of a newer version, to %s; not one byte of it changes',
    (mode) => {
      const dir = closedProject(`newer-${mode}.maskbench`)
      tamper(dir, 'PRAGMA user_version = 99')
      const before = contents(dir)
      const error = caught(() => openProject(dir, { mode }))
      expect(error).toMatchObject({
        code: 'project-too-new',
        hint: expect.stringContaining('Update'),
      })
      expect(error.message).toContain('schema 99')
      expect(contents(dir)).toEqual(before)
    },
  )

  test('is a project of an older version, for reading: bringing it up to date needs writing', () => {
    const dir = closedProject('older.maskbench')
    tamper(dir, 'PRAGMA user_version = 0')
    expect(caught(() => openProject(dir, { mode: 'read' }))).toMatchObject({
      code: 'read-only',
      hint: expect.stringContaining('once for writing'),
    })
  })

  test.each([
    [
      'text',
      Buffer.from('no database at all, but long enough to have a header of 100 bytes'.repeat(2)),
    ],
    ['the beginning of a database', Buffer.from('SQLite format 3\0')],
  ])('is a project.db that is %s', (_, bytes) => {
    const dir = temporary(`garbage-${bytes.length}.maskbench`)
    mkdirSync(dir)
    writeFileSync(databaseFile(dir), bytes)
    expect(caught(() => openProject(dir, { mode: 'write' }))).toMatchObject({
      code: 'project-damaged',
      hint: expect.stringContaining('backups/'),
    })
  })

  test('is a project whose tables were overwritten', () => {
    const dir = closedProject('overwritten.maskbench')
    const bytes = readFileSync(databaseFile(dir))
    // The first page, with the schema, stays.
    writeFileSync(databaseFile(dir), bytes.fill(0x5a, 4096))
    expect(openCode(dir)).toBe('project-damaged')
  })
})

describe('an open project', () => {
  test('that is read-only takes no changes and says why', () => {
    const dir = closedProject('reader.maskbench')
    const project = openProject(dir, { mode: 'read' })
    expect(caught(() => saveSettings(project, { truthPixels: 3 }))).toMatchObject({
      code: 'read-only',
      message: 'reader.maskbench is open read-only',
    })
    project.close()
  })

  test('marks as interrupted what a process that died left running, or waiting for its turn', () => {
    const dir = temporary('died.maskbench')
    const project = createProject(dir)
    const [running, queued] = [addJob(project, 'infer', {}), addJob(project, 'infer', {})]
    startJob(project, running)
    project.close()
    const again = openProject(dir, { mode: 'write' })
    expect(getJob(again, running)?.state).toBe('interrupted')
    expect(getJob(again, queued)?.state).toBe('interrupted')
    again.close()
  })
})
