/** @file What a dataset format is to those who read and write it: an entry of a table. */
import type { LongWork } from '../../shared/progress.ts'
import type { AnnotatedSet } from './annotated-set.ts'

/** What a set can have that not every format can hold. */
export const features = [
  /** Pixels of any shape, not only rectangles. */
  'masks',
  'holes',
  /** Things of one class that are told apart. */
  'objects',
  /** Things that cover each other, each with all of its pixels. */
  'overlap',
  /** Pixels that count for nothing (255). */
  'ignore',
  'crowds',
  /** That only a rectangle was marked. */
  'boxes',
  'tracks',
  'splits',
  'scenes',
  'colours',
  'parents',
  /** The pictures themselves. */
  'pictures',
  /** Names of classes. */
  'class-names',
  /** Classes that no picture shows. */
  'unused-classes',
  /** Annotated pictures in which nothing is. */
  'empty-images',
  /** Pictures that nobody has annotated. */
  'unannotated-images',
] as const

export type Feature = (typeof features)[number]

export interface ReadOptions {
  /** Folder of the pictures where they are not beside the annotations. */
  images?: string | undefined
  /** What grey values or colours of masks mean: `128=car`, `#ff0000=car`, `255=ignore`. */
  map?: readonly string[] | undefined
  /** Grey level from which soft-edged masks show their one class. */
  threshold?: number | undefined
  signal?: AbortSignal | undefined
}

export interface WriteOptions {
  /** Whether the pictures go along, where the format expects them. */
  pictures: 'copy' | 'none'
}

export interface Written {
  images: number
  files: number
}

export interface DatasetFormat {
  /** For people: `COCO`. */
  name: string
  /**
   * Whether a file or folder is of this format, by names and first bytes. Never throws, and never
   * says so of what another format would be as likely.
   */
  recognises(path: string): Promise<boolean>
  /** @throws AppError `bad-dataset`, `no-such-file` */
  read(path: string, options: ReadOptions): Promise<AnnotatedSet>
  /** Writes into an empty folder; the same set gives the same bytes. */
  write(set: AnnotatedSet, folder: string, options: WriteOptions, work: LongWork): Promise<Written>
  /** What it can hold; the rest is named before writing. */
  holds: ReadonlySet<Feature>
  /** What it drops of every set besides, in sentences. */
  alwaysDrops?: readonly string[]
  /** Whether pictures go along where the user does not say. */
  pictures: 'copy' | 'none'
}
