/** @file The recordings of a "CVAT for video" file: which frames, of what size. */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { maximumSide } from '../../../shared/recipe.ts'
import { childOf, childrenOf, fieldsOf, type XmlElement } from '../xml.ts'
import { exportedPart } from './labels.ts'
import { wholeText } from './shapes.ts'

export interface VideoTask {
  /** What tracks of a project name it by; null where the file has one recording only. */
  id: string | null
  /** Frame numbers of the recording, as tracks have them. */
  frames: readonly number[]
  /** In pixels; null where only the pictures tell. */
  size: { width: number; height: number } | null
  split: string | null
  scene: string | null
}

/** More frames than a week of video has, and fewer than memory can hold. */
const maximumFrames = 20_000_000

const optional = (schema: typeof wholeText) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional()

const taskSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  size: optional(wholeText),
  start_frame: optional(wholeText),
  stop_frame: optional(wholeText),
  frame_filter: z.string().optional(),
  subset: z.string().optional(),
})

const side = wholeText.refine((value) => value >= 1 && value <= maximumSide)
const sizeSchema = z.object({ width: side, height: side })

/** `step=10`: every tenth frame is in the task. */
function stepOf(filter = ''): number {
  const step = Number(/^\s*step\s*=\s*(\d+)\s*$/.exec(filter)?.[1] ?? 1)
  return step >= 1 ? step : 1
}

function framesOf(task: z.infer<typeof taskSchema>, last: number): number[] {
  const step = stepOf(task.frame_filter)
  const start = task.start_frame ?? 0
  const stop = task.stop_frame ?? (task.size === undefined ? last : start + (task.size - 1) * step)
  const count = Math.floor((stop - start) / step) + 1
  if (start < 0 || count > maximumFrames)
    throw new AppError(
      'bad-dataset',
      `frames ${start} to ${stop} are more than a recording can have`,
      'Correct start_frame and stop_frame of the task.',
    )
  return Array.from({ length: Math.max(0, count) }, (_, i) => start + i * step)
}

function taskOf(element: XmlElement, last: number): VideoTask {
  const fields = taskSchema.safeParse(fieldsOf(element))
  if (!fields.success)
    throw new AppError(
      'bad-dataset',
      `<${element.name}>: ${z.prettifyError(fields.error)}`,
      'Export the annotations from CVAT again.',
    )
  const original = childOf(element, 'original_size')
  const size = original ? sizeSchema.safeParse(fieldsOf(original)) : undefined
  const { id = null, name, subset } = fields.data
  return {
    id,
    frames: framesOf(fields.data, last),
    size: size?.data ?? null,
    split: subset && subset !== 'default' ? subset : null,
    scene: name || id,
  }
}

/**
 * The recordings that `<meta>` names; one of unknown size where it names none.
 *
 * @param last the last frame at which something is marked
 * @throws AppError `bad-dataset` for numbers that are none
 */
export function videoTasks(meta: XmlElement | undefined, last: number): VideoTask[] {
  const part = exportedPart(meta)
  if (!part) return [taskOf({ name: 'task', attributes: {}, children: [], text: '' }, last)]
  if (part.name !== 'project') return [{ ...taskOf(part, last), id: null }]
  const tasks = childOf(part, 'tasks')
  return tasks ? childrenOf(tasks, 'task').map((task) => taskOf(task, last)) : []
}
