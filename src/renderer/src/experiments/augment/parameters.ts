/** @file The parameters of an operation as fields, read from its own schema. */
import { z } from 'zod'
import { type OperationKind, operationSchemas } from '../../../../shared/augmentation-operations.ts'

interface Bounds {
  least: number
  most: number
  isWhole: boolean
}

export type ParameterField = { name: string } & (
  | ({ kind: 'number' } & Bounds)
  /** Two numbers that a value is drawn between. */
  | ({ kind: 'range' } & Bounds)
  /** A number, or null. */
  | ({ kind: 'number-or-none' } & Bounds)
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'switch' }
  /** Red, green, blue. */
  | { kind: 'colour' }
)

const number = z.object({
  type: z.enum(['number', 'integer']),
  minimum: z.number(),
  maximum: z.number(),
})

/** What JSON Schema says of a parameter, in the forms that our operations have. */
const shapes = z.union([
  number,
  z.object({ type: z.literal('array'), prefixItems: z.array(number) }),
  z.object({ anyOf: z.tuple([number, z.object({ type: z.literal('null') })]) }),
  z.object({ type: z.literal('string'), enum: z.array(z.string()) }),
  z.object({ type: z.literal('boolean') }),
])

const boundsOf = ({ type, minimum, maximum }: z.infer<typeof number>): Bounds => ({
  least: minimum,
  most: maximum,
  isWhole: type === 'integer',
})

function fieldOf(name: string, shape: unknown): ParameterField | null {
  const known = shapes.safeParse(shape).data
  if (!known) return null
  if ('anyOf' in known) return { name, kind: 'number-or-none', ...boundsOf(known.anyOf[0]) }
  if ('enum' in known) return { name, kind: 'choice', options: known.enum }
  if ('minimum' in known) return { name, kind: 'number', ...boundsOf(known) }
  if (known.type === 'boolean') return { name, kind: 'switch' }
  const [first] = known.prefixItems
  if (known.prefixItems.length === 3) return { name, kind: 'colour' }
  return first ? { name, kind: 'range', ...boundsOf(first) } : null
}

/** The parameters of an operation but for its probability, in the order of its schema. */
export function parametersOf(kind: OperationKind): ParameterField[] {
  const { properties = {} } = z.toJSONSchema(operationSchemas[kind], { unrepresentable: 'any' })
  return Object.entries(properties)
    .filter(([name]) => name !== 'kind' && name !== 'probability')
    .flatMap(([name, shape]) => fieldOf(name, shape) ?? [])
}

/** Parameters that an operation has no defaults for. */
const required: Partial<Record<OperationKind, Record<string, unknown>>> = {
  crop: { width: 128, height: 128 },
  resize: { width: 256, height: 256 },
  'resize-side': { length: [200, 300] },
  'pad-multiple': { multiple: 32 },
  affine: { rotate: [-15, 15], scale: [0.9, 1.1] },
}

/** An operation as it is when it is added. */
export function newOperation(kind: OperationKind) {
  return operationSchemas[kind].parse({ kind, ...required[kind] })
}

export function isOperationKind(kind: string): kind is OperationKind {
  return Object.hasOwn(operationSchemas, kind)
}

export const operationKinds = Object.keys(operationSchemas).filter(isOperationKind)

/** `flip-left-right` → `Flip left right`, `shearX` → `Shear x`. */
export function wordsOf(name: string): string {
  const text = name
    .replaceAll('-', ' ')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
