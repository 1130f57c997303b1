import { describe, expect, it } from 'vitest'
import {
  enqueue,
  nextExperiment,
  queuedExperiments,
  reorderQueue,
  unqueue,
} from '../../../src/engine/db/experiment-queue.ts'
import {
  listCheckpoints,
  listExperimentEpochs,
  listExperimentRuns,
  saveCheckpoint,
  saveExperimentEpoch,
  setRunSize,
  setRunState,
} from '../../../src/engine/db/experiment-results.ts'
import {
  addExperiment,
  finishExperiment,
  getExperiment,
  listExperiments,
  removeExperiment,
  startExperiment,
} from '../../../src/engine/db/experiments.ts'
import { addJob } from '../../../src/engine/db/jobs.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpEpoch, madeUpExperiment } from '../../fixtures/made-up-experiment.ts'
import { makeOldProject } from '../../fixtures/old-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('a project of the fifth schema', () => {
  it('gets a place for experiments', () => {
    const dir = temporary('fifth.maskbench')
    makeOldProject(dir, 5, () => {})
    const project = openProject(dir, { mode: 'write' })
    expect(addExperiment(project, madeUpExperiment())).toBe(1)
    project.close()
  })
})

describe('the queue', () => {
  it('goes one after the other, can be put into another order, and survives the program', () => {
    const dir = temporary('queue.maskbench')
    const before = createProject(dir)
    const ids = ['a', 'b', 'c'].map((name) => addExperiment(before, madeUpExperiment({ name })))
    expect(nextExperiment(before)).toBeUndefined()
    enqueue(before, ids, 'end')
    reorderQueue(before, [3, 1, 2])
    startExperiment(before, 3, addJob(before, 'experiment', {}))
    expect(nextExperiment(before)).toBe(1)
    expect(caught(() => unqueue(before, 3)).code).toBe('experiment-under-way')
    before.close()
    const project = openProject(dir, { mode: 'write' })
    expect(queuedExperiments(project)).toEqual([3, 1, 2])
    expect(getExperiment(project, 3).state).toBe('interrupted')
    expect(nextExperiment(project)).toBe(3)
    finishExperiment(project, 3, 'done')
    unqueue(project, 1)
    expect(queuedExperiments(project)).toEqual([2])
    expect(getExperiment(project, 1).state).toBe('draft')
    expect(caught(() => enqueue(project, [3], 'end')).code).toBe('bad-value')
    project.close()
  })

  it('takes one to its head that is to go on', () => {
    const project = createProject(temporary('head.maskbench'))
    const ids = ['a', 'b'].map((name) => addExperiment(project, madeUpExperiment({ name })))
    enqueue(project, ids, 'end')
    enqueue(project, [2], 'head')
    expect(queuedExperiments(project)).toEqual([2, 1])
    expect(caught(() => reorderQueue(project, [1])).message).toContain('1, 2 waits')
    project.close()
  })
})

describe('an experiment', () => {
  it('keeps its settings, curves and networks until it is removed', () => {
    const project = createProject(temporary('whole.maskbench'))
    const settings = madeUpExperiment()
    const id = addExperiment(project, settings)
    expect(getExperiment(project, id).settings).toEqual(settings)
    const at = { experiment: id, seed: 0 }
    setRunState(project, at, 'running')
    setRunSize(project, at, { device: 'cpu', parameters: 10, memoryBytes: 5 })
    setRunSize(project, at, { device: 'cpu', parameters: 7, memoryBytes: 9 })
    for (const epoch of [1, 2])
      saveExperimentEpoch(project, { ...at, stage: 0 }, madeUpEpoch(epoch))
    saveExperimentEpoch(project, { ...at, stage: 0 }, madeUpEpoch(2, 0.25))
    const best = { seed: 0, kind: 'best', stage: 0, epoch: 2, model: 'mine' } as const
    saveCheckpoint(project, id, best)
    expect(listExperimentRuns(project, id)).toEqual([
      { seed: 0, state: 'running', device: 'cpu', parameters: 10, memoryBytes: 9 },
    ])
    expect(listExperimentEpochs(project, id)).toEqual([
      { seed: 0, stage: 0, ...madeUpEpoch(1) },
      { seed: 0, stage: 0, ...madeUpEpoch(2, 0.25) },
    ])
    expect(listCheckpoints(project, id)).toEqual([best])
    finishExperiment(project, id, 'cancelled')
    expect(listExperimentRuns(project, id)[0]?.state).toBe('cancelled')
    removeExperiment(project, id)
    expect(listExperiments(project)).toEqual([])
    expect(listExperimentEpochs(project, id)).toEqual([])
    expect(caught(() => getExperiment(project, id)).code).toBe('no-such-experiment')
    project.close()
  })
})
