/** @file The weights in a checkpoint, wherever in it they lie. */
import { type PickleValue, PlainObject } from './pickle-value.ts'
import { refused } from './refuse.ts'
import { StoredTensor } from './stored-tensor.ts'

/** Where training scripts put the weights. */
const usualKeys = [
  'state_dict',
  'model',
  'model_state_dict',
  'model_state',
  'network',
  'net',
  'weights',
]

/** Wrappers whose name stands before every key: DataParallel and torch.compile. */
const prefixes = ['module.', '_orig_mod.']

type Dict = Map<PickleValue, PickleValue>
type Tensors = Map<string, StoredTensor>

function tensorsOf(dict: Dict): Tensors {
  return new Map(
    [...dict].flatMap(([key, value]): [string, StoredTensor][] =>
      typeof key === 'string' && value instanceof StoredTensor ? [[key, value]] : [],
    ),
  )
}

/** The dict of tensors: this one, one under the usual keys, or the only one there is. */
function findTensors(value: PickleValue | undefined, depth = 3): Tensors | null {
  const dict = value instanceof PlainObject ? value.attributes : value
  if (!(dict instanceof Map) || depth === 0) return null
  const own = tensorsOf(dict)
  if (own.size > 0) return own
  for (const key of usualKeys) {
    const found = findTensors(dict.get(key), depth - 1)
    if (found) return found
  }
  const nested = [...dict.values()].filter((one) => one instanceof Map)
  const found = nested.flatMap((one) => findTensors(one, 1) ?? [])
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The names without a prefix that all of them have. */
function withoutPrefix(tensors: Tensors, prefix: string): Tensors {
  const entries = [...tensors]
  if (!entries.every(([name]) => name.startsWith(prefix))) return tensors
  return new Map(entries.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}

/**
 * The tensors of a checkpoint by name: of the state dict itself, or of the one in a training's
 * checkpoint; without `module.` where every name has it. Throws `bad-checkpoint` when there is none.
 */
export function stateDictOf(root: PickleValue): Tensors {
  const tensors = findTensors(root)
  if (tensors) return prefixes.reduce(withoutPrefix, tensors)
  throw refused(
    'it holds no dict of named tensors',
    'Save the weights alone: torch.save(net.state_dict(), FILE).',
  )
}
