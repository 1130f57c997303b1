/** @file What makes a picture of a set worth a look, in words for people. */

/** In the order in which they are listed. */
export const oddText = {
  /** Annotated, with nothing in it. */
  empty: 'annotated, but nothing is in it',
  filled: 'one class fills nearly all of it',
  specks: 'a class has only a few pixels',
  undeclared: 'values that are no class of the project',
  /** Nothing of it is scored or learnt from. */
  ignored: 'all of it is "ignore"',
  'other-size': 'the mask has another size than the picture',
  /** The set came without the picture, or it is not where it was. */
  'no-picture': 'the picture is missing',
} as const

export type Oddity = keyof typeof oddText

const isOddity = (name: string): name is Oddity => Object.hasOwn(oddText, name)

export const oddities = Object.keys(oddText).filter(isOddity)
