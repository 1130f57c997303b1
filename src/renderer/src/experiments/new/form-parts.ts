/** @file What the parts of the form of a new experiment get. */
import type { ExperimentChoices } from '../../../../shared/contract/experiments.ts'
import type { ExperimentNetwork, ExperimentSettings } from '../../../../shared/experiment.ts'

export interface FormPart {
  settings: ExperimentSettings
  choices: ExperimentChoices
  onChange: (change: Partial<ExperimentSettings>) => void
}

/** A start as one word, for a list to choose from. */
export function startKey(network: ExperimentNetwork): string {
  if (network.kind === 'architecture') return `architecture ${network.architecture}`
  if (network.kind === 'model') return `model ${network.model}`
  return `experiment ${network.experiment}`
}

export interface Start {
  network: ExperimentNetwork
  text: string
}

/** Everything that an experiment can begin with. */
export function startsOf({ architectures, models, experiments }: ExperimentChoices): Start[] {
  return [
    ...architectures.map(({ name, title }): Start => {
      return {
        network: { kind: 'architecture', architecture: name },
        text: `${title}, random weights`,
      }
    }),
    ...models.map(({ id, name }): Start => {
      return { network: { kind: 'model', model: id, head: 'copy' }, text: `The network ${name}` }
    }),
    ...experiments.map(({ id, name }): Start => {
      const network = { kind: 'experiment', experiment: id, weights: 'best' } as const
      return { network, text: `Best weights of #${id} ${name}` }
    }),
  ]
}

export interface Part {
  name: string
  annotated: number
}

/** The parts of the chosen sets (none = all) with how many of their pictures have a mask. */
export function partsOf({ sets }: ExperimentChoices, chosen: readonly number[]): Part[] {
  const parts = new Map<string, number>()
  for (const { id, splits } of sets)
    if (chosen.length === 0 || chosen.includes(id))
      for (const { name, annotated } of splits) parts.set(name, (parts.get(name) ?? 0) + annotated)
  return [...parts].map(([name, annotated]) => ({ name, annotated }))
}

/** `0, 1, 7` → seeds; null where it is no such list. */
export function seedsIn(text: string): number[] | null {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const seeds = parts.map(Number)
  const fits = seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)
  return fits && seeds.length > 0 && seeds.length <= 20 ? seeds : null
}
