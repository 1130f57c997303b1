/** @file How the classes of a set become classes of the project: by name. */
import { AppError } from '../../../shared/errors.ts'
import {
  backgroundIndex,
  defaultClasses,
  type MaskClass,
  maximumClassIndex,
} from '../../../shared/mask.ts'
import type { Project } from '../../db/handle.ts'
import { listImageSets } from '../../db/image-sets.ts'
import { listSources } from '../../db/sources.ts'
import type { SetClass } from '../../formats/annotated-set.ts'
import { withColours } from '../../formats/class-colours.ts'

export interface ClassPlan {
  before: readonly MaskClass[]
  after: readonly MaskClass[]
  /** Index in the project of each class of the set. */
  indexOf: readonly number[]
  /** What is above classes, by index in the project. */
  parents: ReadonlyMap<number, string>
}

/** A name as the project can hold it. */
function nameFor({ name }: SetClass, position: number): string {
  return name.trim().slice(0, 200).trim() || `class ${position}`
}

/** Whether nobody has made anything of the classes of a new project. */
function areUntouched(project: Project, classes: readonly MaskClass[]): boolean {
  if (JSON.stringify(classes) !== JSON.stringify(defaultClasses)) return false
  return listSources(project).length === 0 && listImageSets(project).length === 0
}

/** Indices for the names: those there are, then the free ones from the lowest. */
function assignIndices(names: readonly string[], before: readonly MaskClass[]): number[] {
  const byName = new Map(before.map(({ name, index }) => [name, index]))
  const taken = new Set(byName.values())
  let next = 1
  return names.map((name, position) => {
    const known = position === 0 ? backgroundIndex : byName.get(name)
    if (known !== undefined) return known
    while (taken.has(next)) next++
    taken.add(next)
    byName.set(name, next)
    return next
  })
}

/**
 * Says which class of the project each class of a set is. A project without anything in it takes the
 * set's classes; another one keeps its own and gets those that it lacks.
 * @throws AppError `bad-dataset` when that would be more than 255
 */
export function planClasses(
  project: Project,
  before: readonly MaskClass[],
  classes: readonly SetClass[],
): ClassPlan {
  const names = classes.map(nameFor)
  const isNew = areUntouched(project, before)
  const kept = isNew ? [] : before
  const indexOf = assignIndices(names, kept)
  const added = new Map<number, { index: number; name: string; colour: string | null }>()
  for (const [position, index] of indexOf.entries())
    if (!kept.some((each) => each.index === index) && !added.has(index))
      added.set(index, {
        ...{ index, name: names[position] ?? '' },
        colour: classes[position]?.colour ?? (index === 0 ? '#000000' : null),
      })
  const all = [...kept, ...added.values()].sort((a, b) => a.index - b.index)
  if (all.some(({ index }) => index > maximumClassIndex))
    throw new AppError(
      'bad-dataset',
      `the project would have ${all.length} classes; at most ${maximumClassIndex + 1} were expected`,
      'Import the set into a project of its own.',
    )
  const parents = classes.flatMap(({ parent }, i) =>
    parent === null ? [] : [[indexOf[i] ?? 0, parent] as const],
  )
  return { before, after: withColours(all).classes, indexOf, parents: new Map(parents) }
}
