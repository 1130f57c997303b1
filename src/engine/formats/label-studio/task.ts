/**
 * @file Tasks of Label Studio's exports "JSON" and "JSON-MIN", as
 * https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks has them.
 */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { issuesOf } from '../dataset-json.ts'

const resultSchema = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  value: z.record(z.string(), z.unknown()),
  original_width: z.number().optional(),
  original_height: z.number().optional(),
  image_rotation: z.number().optional(),
})

/** One marked thing, or something that is said of a picture. */
export type Result = z.infer<typeof resultSchema>

const annotationSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  result: z.array(z.unknown()),
  /** Skipped. */
  was_cancelled: z.boolean().nullish(),
  ground_truth: z.boolean().nullish(),
})

type Annotation = z.infer<typeof annotationSchema>

const taskSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  data: z.record(z.string(), z.unknown()),
  file_upload: z.string().nullish(),
  annotations: z.array(annotationSchema).optional(),
  /** What exports before 1.0 called them. */
  completions: z.array(annotationSchema).optional(),
  predictions: z.array(z.unknown()).optional(),
})

export interface Task {
  id: string
  data: Readonly<Record<string, unknown>>
  fileUpload: string | null
  /** Null where nobody has annotated it, or those who should have skipped it. */
  results: readonly unknown[] | null
  /** Annotations that are not taken. */
  others: number
  /** What networks found, which is never taken. */
  predictions: number
}

/** The one that is marked as the truth, otherwise the last one. */
function chosen(annotations: readonly Annotation[]): Annotation | undefined {
  const done = annotations.filter(({ was_cancelled }) => !was_cancelled)
  return done.findLast(({ ground_truth }) => ground_truth) ?? done.at(-1)
}

/** In JSON-MIN, the fields of a task are its data, and results stand in one of the control's name. */
const controlField = z.array(z.looseObject({}))
const labelsKey = /^(brush|polygon|rectangle|ellipse|keypoint)labels$/

function minimalTask(item: Record<string, unknown>): unknown {
  const results = Object.values(item).flatMap((field) => {
    const list = controlField.safeParse(field)
    return (list.data ?? []).flatMap((value) => {
      const type = Object.keys(value).find((key) => labelsKey.test(key))
      return type ? [{ ...value, type, value }] : []
    })
  })
  return { id: item.id, data: item, annotations: [{ result: results }] }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Throws `bad-dataset` with what of the task is wrong; `position` is its place in the file, from 0. */
export function readTask(item: unknown, position: number): Task {
  const full = isRecord(item) && !isRecord(item.data) ? minimalTask(item) : item
  const task = taskSchema.safeParse(full)
  if (!task.success)
    throw new AppError(
      'bad-dataset',
      `task ${position + 1} of the file: ${issuesOf(task.error)}`,
      'Export "JSON" from Label Studio again.',
    )
  const { id, data, file_upload, annotations, completions, predictions = [] } = task.data
  const all = annotations ?? completions ?? []
  const taken = chosen(all)
  const done = all.filter(({ was_cancelled }) => !was_cancelled).length
  return {
    id: String(id ?? position + 1),
    data,
    fileUpload: file_upload ?? null,
    results: taken?.result ?? null,
    others: Math.max(0, done - 1),
    predictions: predictions.length,
  }
}

/** Throws `bad-dataset` with what of the result is wrong. */
export function readResult(item: unknown): Result {
  const result = resultSchema.safeParse(item)
  if (result.success) return result.data
  throw new AppError(
    'bad-dataset',
    `a result: ${issuesOf(result.error)}`,
    'Export "JSON" from Label Studio again.',
  )
}
