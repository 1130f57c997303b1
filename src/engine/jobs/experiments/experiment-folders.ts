/** @file Where an experiment keeps what it needs to go on. */
import { join } from 'node:path'
import { modelsFolder } from '../../db/layout.ts'
import type { Project } from '../../db/project.ts'

/** Everything that an unfinished experiment has on the disk; beside the networks and none of them. */
export function experimentFolder({ dir }: Pick<Project, 'dir'>, experiment: number): string {
  return join(modelsFolder(dir), `.experiment-${experiment}`)
}

/** Where a seed is trained. */
export function seedFolder(project: Pick<Project, 'dir'>, experiment: number, seed: number) {
  return join(experimentFolder(project, experiment), `seed-${seed}`)
}

/** Where a stage is trained. */
export function stageFolder(
  project: Pick<Project, 'dir'>,
  { experiment, seed, stage }: { experiment: number; seed: number; stage: number },
): string {
  return join(seedFolder(project, experiment, seed), `stage-${stage}`)
}

/** Id of a network that an experiment keeps. */
export function keptModelId(
  experiment: number,
  { seed, kind, stage, epoch }: { seed: number; kind: string; stage: number; epoch: number },
): string {
  const which = kind === 'every' ? `stage-${stage + 1}-epoch-${epoch}` : kind
  return `experiment-${experiment}-seed-${seed}-${which}`
}
