import { expect, it } from 'vitest'
import { nameOfTape } from '../../../src/renderer/src/projects/project-actions.ts'

it.each([
  ['/tapes/hall.mp4', 'hall'],
  ['C:\\tapes\\Halle A.2.mkv', 'Halle A.2'],
  ['/tapes/pictures/', 'pictures'],
  ['hall "A" 📼.avi', 'hall "A" 📼'],
  ['', ''],
])('a project is named after its tape: %s', (path, name) => {
  expect(nameOfTape(path)).toBe(name)
})
