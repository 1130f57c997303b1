import { mkdirSync, readdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { rotateBackups } from '../../../src/engine/db/backup.ts'
import { backupsFolder, databaseFile } from '../../../src/engine/db/layout.ts'
import { migrate, versionOf } from '../../../src/engine/db/migrate.ts'
import { migrations } from '../../../src/engine/db/migrations/index.ts'
import { backup, createProject, openProject } from '../../../src/engine/db/project.ts'
import { getRun } from '../../../src/engine/db/runs.ts'
import { loadScores } from '../../../src/engine/db/scores.ts'
import { runShapes } from '../../../src/engine/db/shapes.ts'
import { caught } from '../../fixtures/caught.ts'
import { addMadeUpRun, madeUpSum } from '../../fixtures/made-up-run.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('a backup made while another process writes a run is consistent and opens as a project', async () => {
  const dir = temporary('written.maskbench')
  const project = createProject(dir)
  addMadeUpRun(project, 4000)
  project.close()
  const writer = startScript('write-run.ts', dir)
  const reader = openProject(dir, { mode: 'read' })
  for (const part of [1, 2, 3]) {
    let printed = 0
    while (printed < part * 300) printed = Number(await writer.line())
    const copy = temporary(`copy-${part}.maskbench`)
    mkdirSync(copy)
    backup(reader, databaseFile(copy))

    const restored = openProject(copy, { mode: 'write' })
    expect(restored.db.pragma('integrity_check', { simple: true })).toBe('ok')
    const { done } = getRun(restored, 1)
    expect(done).toBeGreaterThanOrEqual(printed)
    for (const [number, shape] of runShapes(restored, 1).entries())
      expect(loadScores(restored, 1, shape, 0.5)).toEqual(
        Float64Array.from({ length: done }, (_, at) => madeUpSum(at, number, 10)),
      )
    restored.close()
  }
  await writer.kill()
  reader.close()
})

test('a backup never replaces a file', () => {
  const project = createProject(temporary('kept.maskbench'))
  backup(project, temporary('kept.db'))
  expect(caught(() => backup(project, temporary('kept.db'))).code).toBe('file-exists')
  project.close()
})

test('of the backups that are made by themselves the newest five are kept', () => {
  const project = createProject(temporary('rotated.maskbench'))
  for (let i = 0; i < 7; i++) rotateBackups(project.db, project.dir, `reason-${i}`)
  const names = readdirSync(backupsFolder(project.dir)).map((name) => name.slice(25))
  expect(names.sort()).toEqual([2, 3, 4, 5, 6].map((i) => `reason-${i}.db`))
  project.close()
})

test('migrations raise the version, after one backup of the version that is left', () => {
  const db = new Database(':memory:')
  const backedUp: number[] = []
  const later = [
    ...migrations,
    (at: Database.Database) => void at.exec('CREATE TABLE second (a TEXT) STRICT'),
    (at: Database.Database) => void at.exec('DROP TABLE second'),
  ]
  migrate(db, (version) => backedUp.push(version))
  migrate(db, (version) => backedUp.push(version), later)
  expect(versionOf(db)).toBe(later.length)
  expect(backedUp).toEqual([0, migrations.length])
  db.close()
})

test('a migration that fails leaves the version before and everything in it', () => {
  const db = new Database(':memory:')
  migrate(db, () => {})
  const broken = [
    ...migrations,
    (at: Database.Database) => void at.exec('DROP TABLE review; DROP TABLE nowhere'),
  ]
  expect(() => migrate(db, () => {}, broken)).toThrow('nowhere')
  expect(versionOf(db)).toBe(migrations.length)
  expect(db.prepare('SELECT count(*) FROM review').pluck().get()).toBe(0)
  db.close()
})
