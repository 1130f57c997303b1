import { expect, test } from 'vitest'
import {
  saveCheckpoint,
  saveExperimentEpoch,
  setRunState,
} from '../../../src/engine/db/experiment-results.ts'
import { addExperiment } from '../../../src/engine/db/experiments.ts'
import { createProject } from '../../../src/engine/db/project.ts'
import { secondsPerEpochOf } from '../../../src/engine/db/trained-by.ts'
import { madeUpEpoch, madeUpExperiment } from '../../fixtures/made-up-experiment.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('A network’s epochs are those of the seed that it came out of', () => {
  const project = createProject(temporary('some.maskbench'))
  const experiment = addExperiment(project, madeUpExperiment({ seeds: [0, 1] }))
  const seconds = { 0: [4, 6, 8], 1: [20, 30] }
  for (const [text, times] of Object.entries(seconds)) {
    const seed = Number(text)
    setRunState(project, { experiment, seed }, 'done')
    for (const [at, each] of times.entries()) {
      const result = { ...madeUpEpoch(at + 1, 0.5), seconds: each }
      saveExperimentEpoch(project, { experiment, seed, stage: 0 }, result)
    }
    const kept = { seed, kind: 'best', stage: 0, epoch: 1, model: `net-${seed}` } as const
    saveCheckpoint(project, experiment, kept)
  }
  expect(secondsPerEpochOf(project, 'net-0')).toBe(6)
  expect(secondsPerEpochOf(project, 'net-1')).toBe(25)
  expect(secondsPerEpochOf(project, 'another')).toBeNull()
  project.db.exec('DROP TABLE experiment_checkpoint')
  expect(secondsPerEpochOf(project, 'net-0')).toBeNull()
  project.close()
})
