/** @file The only names that a checkpoint may look up; every other one is refused. */
import { KnownName, numberIn, numbersIn, type PickleValue, PlainObject } from './pickle-value.ts'
import { refused } from './refuse.ts'
import { Storage, storageTypes } from './storage.ts'
import { StoredTensor } from './stored-tensor.ts'

type Build = KnownName['build']

/** `OrderedDict()`, or (Python 2) of a list of pairs. */
const orderedDict: Build = ([pairs = []]) => {
  if (!Array.isArray(pairs)) throw refused('an OrderedDict is not made of a list of pairs')
  return new Map(
    pairs.map((pair): [PickleValue, PickleValue] => {
      if (!Array.isArray(pair) || pair.length !== 2)
        throw refused('an OrderedDict is not made of pairs')
      return [pair[0] ?? null, pair[1] ?? null]
    }),
  )
}

const counter: Build = ([counts = new Map()]) => {
  if (counts instanceof Map) return new Map(counts)
  throw refused('a Counter is not made of a dict')
}

/** `(storage, offset, size, stride, …)`: both versions begin alike, what follows is no data. */
const rebuildTensor: Build = ([storage, offset, size, stride]) => {
  if (!(storage instanceof Storage)) throw refused('a tensor is not made of a storage')
  return new StoredTensor(storage, {
    offset: numberIn(offset, 'offset'),
    shape: numbersIn(size, 'size'),
    strides: numbersIn(stride, 'strides'),
  })
}

/** `(tensor, requires_grad, hooks)` */
const rebuildParameter: Build = ([tensor]) => {
  if (tensor instanceof StoredTensor) return tensor
  throw refused('a Parameter is not made of a tensor')
}

const named = [
  new KnownName('collections.OrderedDict', { build: orderedDict, create: orderedDict }),
  new KnownName('collections.Counter', { build: counter }),
  new KnownName('argparse.Namespace', { create: () => new PlainObject() }),
  new KnownName('torch._utils._rebuild_tensor', { build: rebuildTensor }),
  new KnownName('torch._utils._rebuild_tensor_v2', { build: rebuildTensor }),
  new KnownName('torch._utils._rebuild_parameter', { build: rebuildParameter }),
  ...Object.keys(storageTypes).map((name) => new KnownName(`torch.${name}`)),
]

const byName: ReadonlyMap<string, KnownName> = new Map(named.map((one) => [one.name, one]))

const stateDictOnly = 'Save the weights alone: torch.save(net.state_dict(), FILE).'

/** Names by their beginning, and what their presence means. */
const explanations: [prefix: string, meaning: string, hint: string][] = [
  ['torch.nn.modules.', 'the file holds a whole model, which is code', stateDictOnly],
  ['__torch__', 'the file is TorchScript, which is code', stateDictOnly],
  ['torch.', 'it is none of the plain tensors that are read', stateDictOnly],
  ['numpy.', 'NumPy objects are not read', 'Save the weights without them.'],
]

/**
 * What stands for that name. Throws `bad-checkpoint`, naming it, for any other than these few:
 * what a pickle can look up it can run.
 */
export function knownName(module: string, name: string): KnownName {
  const full = `${module}.${name}`
  const found = byName.get(full)
  if (found) return found
  const [, meaning, hint] = explanations.find(([prefix]) => full.startsWith(prefix)) ?? [
    '',
    'no checkpoint of weights needs it',
    'Nothing was run. Do not open this file in Python unless you trust its origin.',
  ]
  throw refused(`it asks for ${JSON.stringify(full).slice(1, -1).slice(0, 200)}: ${meaning}`, hint)
}
