/** @file What is odd about pictures, in words. */
import type { Oddity } from '../../../shared/contract/datasets.ts'

export const oddText: Readonly<Record<Oddity, string>> = {
  empty: 'annotated, but nothing is in it',
  filled: 'one class fills nearly all of it',
  specks: 'a class has only a few pixels',
  undeclared: 'values that are no class of the project',
  ignored: 'all of it is "ignore"',
  'no-picture': 'the picture is missing',
}
