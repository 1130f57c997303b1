/**
 * @file An augmentation pipeline as data: operations with their ranges, in groups that do all, one or
 * some of them. The operations are in augmentation-operations.ts.
 */
import { z } from 'zod'
import {
  type OperationKind,
  type Operations,
  operationSchemas,
  probability,
  wholeRange,
} from './augmentation-operations.ts'
import { canonicalJson } from './recipe.ts'

/** An operation with its checked parameters. */
export type AugmentationOperation = Operations[OperationKind]

/** All steps one after another. */
export interface Sequential {
  kind: 'sequential'
  probability: number
  steps: AugmentationNode[]
}

/** One of the steps, each as likely as the others; its own probability still counts. */
export interface OneOf {
  kind: 'one-of'
  probability: number
  steps: AugmentationNode[]
}

/** So many of the steps, no one twice; their own probabilities still count. */
export interface SomeOf {
  kind: 'some-of'
  probability: number
  /** Least and greatest number of steps; more than there are means all. */
  count: [number, number]
  order: 'given' | 'random'
  steps: AugmentationNode[]
}

export type AugmentationGroup = Sequential | OneOf | SomeOf
export type AugmentationNode = AugmentationOperation | AugmentationGroup

/** Far deeper and longer than any pipeline that somebody reads. */
export const deepest = 8
const mostSteps = 100

const group = { probability: probability.default(1) }
const steps = () => z.array(z.lazy(() => nodeSchema)).max(mostSteps)
const someSteps = () => steps().min(1, 'there is nothing to choose from: give at least one step')

const groupSchemas = {
  sequential: z.strictObject({ kind: z.literal('sequential'), ...group, steps: steps() }),
  'one-of': z.strictObject({ kind: z.literal('one-of'), ...group, steps: someSteps() }),
  'some-of': z.strictObject({
    kind: z.literal('some-of'),
    ...group,
    count: wholeRange(0, mostSteps).default([1, mostSteps]),
    order: z.enum(['given', 'random']).default('given'),
    steps: someSteps(),
  }),
}

const schemas: Readonly<Record<string, z.ZodType<AugmentationNode>>> = {
  ...groupSchemas,
  ...operationSchemas,
}

/** Every `kind` that a step can have. */
export const augmentationKinds: readonly string[] = Object.keys(schemas)

const kindSchema = z.looseObject({ kind: z.string() })

/** A step of any kind, checked by the schema of its kind; an unknown kind is named. */
const nodeSchema: z.ZodType<AugmentationNode> = z.unknown().transform((value, context) => {
  const kind = kindSchema.safeParse(value).data?.kind
  const schema = kind !== undefined && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
  const problems = schema ? undefined : [unknownKind(kind)]
  const result = schema?.safeParse(value)
  if (result?.success) return result.data
  for (const { message, path } of result?.error.issues ?? problems ?? [])
    context.addIssue({ code: 'custom', message, path })
  return z.NEVER
})

function unknownKind(kind: string | undefined): { message: string; path: string[] } {
  const expected = `one of ${augmentationKinds.join(', ')} was expected`
  if (kind === undefined) return { message: `a step is {"kind": …}; ${expected}`, path: [] }
  return { message: `'${kind}' is no operation; ${expected}`, path: ['kind'] }
}

/** How many groups lie in each other, as far as `limit`. */
function depthOf(value: unknown, limit: number): number {
  const inner = z.object({ steps: z.array(z.unknown()) }).safeParse(value).data?.steps
  if (!inner) return 0
  return limit === 0 ? 1 : 1 + Math.max(0, ...inner.map((step) => depthOf(step, limit - 1)))
}

/** A pipeline as a file holds it: one step, usually a group, or a list that is done in order. */
export const augmentationSchema = z
  .unknown()
  .transform((value) => (Array.isArray(value) ? { kind: 'sequential', steps: value } : value))
  .refine((value) => depthOf(value, deepest) <= deepest, {
    message: `groups lie more than ${deepest} deep in each other`,
    abort: true,
  })
  .pipe(nodeSchema)

/** The form in which equal pipelines are equal texts: defaults written out, names in order. */
export function canonicalAugmentation(pipeline: AugmentationNode): string {
  return canonicalJson(pipeline)
}
