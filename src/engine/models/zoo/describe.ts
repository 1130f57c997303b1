/** @file model.json of a network of the zoo. */
import { type ModelDescription, modelDescriptionSchema } from '../types.ts'
import { architectureOf } from './architectures.ts'

/**
 * The description of a network of the architecture `name`, whose channels are `classes` (those of
 * its published weights unless given). Classes named as the project's first two, background and
 * person, are mapped to them. Throws `bad-value` for an unknown architecture.
 */
export function describeArchitecture(
  name: string,
  classes: readonly string[] = architectureOf(name).classes,
): ModelDescription {
  const { title, source, licence, normalisation, stride, multiple, features } = architectureOf(name)
  const known = ['background', 'person'].filter((own) => classes.includes(own))
  return modelDescriptionSchema.parse({
    id: name,
    name: title,
    source,
    licence,
    input: { name: 'image', multiple, ...normalisation },
    output: { name: 'logits', stride },
    classes: [...classes],
    classMap: Object.fromEntries(known.map((own) => [own, own])),
    features,
  })
}
