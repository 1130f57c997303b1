/** @file Which classes the labels of a project hold, those of image sets included. */
import type { Project } from './handle.ts'
import { classesOfObjects } from './image-objects.ts'
import { labelsByValue } from './mask-amounts.ts'

/** How many labels hold a class. */
export function labelsWithClass(project: Project, index: number): number {
  return labelsByValue(project).get(index) ?? 0
}

/** The class indices that any label holds, or any thing that was imported with an image. */
export function usedClasses(project: Project): Set<number> {
  return new Set([...classesOfObjects(project), ...labelsByValue(project).keys()])
}
