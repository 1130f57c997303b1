import { expect, test } from 'vitest'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { loadSettings, saveSettings } from '../../../src/engine/db/settings.ts'
import { caught } from '../../fixtures/caught.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('a project that another process writes can only be read, until that process is gone', async () => {
  const dir = temporary('shared.maskbench')
  createProject(dir).close()
  const holder = startScript('hold-project.ts', dir)
  await holder.line()

  const error = caught(() => openProject(dir, { mode: 'write' }))
  expect(error).toMatchObject({
    code: 'project-locked',
    hint: expect.stringContaining('read-only'),
  })
  expect(error.message).toContain(`process ${holder.pid} `)
  const reader = openProject(dir, { mode: 'read' })
  expect(loadSettings(reader).activeModel).toBeNull()
  reader.close()

  await holder.kill()
  openProject(dir, { mode: 'write' }).close()
})

test('a reader that was there first follows what a writer does later', () => {
  const dir = temporary('followed.maskbench')
  createProject(dir).close()
  const reader = openProject(dir, { mode: 'read' })
  expect(loadSettings(reader).activeModel).toBeNull()
  for (const activeModel of ['first', 'second']) {
    const writer = openProject(dir, { mode: 'write' })
    saveSettings(writer, { activeModel })
    expect(loadSettings(reader).activeModel).toBe(activeModel)
    writer.close()
    expect(loadSettings(reader).activeModel).toBe(activeModel)
  }
  reader.close()
})

test('a process that closes the project leaves it to the next one', async () => {
  const dir = temporary('handed-on.maskbench')
  createProject(dir).close()
  const holder = startScript('hold-project.ts', dir)
  await holder.line()
  await holder.end()
  openProject(dir, { mode: 'write' }).close()
})

test('the same process cannot open a project twice for writing either', () => {
  const project = createProject(temporary('twice.maskbench'))
  expect(caught(() => openProject(project.dir, { mode: 'write' })).code).toBe('project-locked')
  // The refused attempt took nothing away from the first.
  expect(caught(() => openProject(project.dir, { mode: 'write' })).code).toBe('project-locked')
  project.close()
})
