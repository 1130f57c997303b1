/** @file A network over a picture, a folder or a tape that belongs to no project, into a folder. */
import { availableParallelism } from 'node:os'
import { basename, extname, join, resolve } from 'node:path'
import type { SegmentedPicture, SegmentResult } from '../../shared/contract/segment.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { MaskClass } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Look, SegmentMode } from '../../shared/segment.ts'
import type { Tasks } from '../compute/tasks.ts'
import type { ComputeProcess } from '../compute/types.ts'
import { ownClasses } from '../infer/own-classes.ts'
import type { StoredModel } from '../models/types.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { pictureExtension } from './extensions.ts'
import { type FoundInput, findInput } from './find-input.ts'
import { legendSvg } from './legend.ts'
import { legendName, outputNames, requireApart, resultName } from './output-names.ts'
import type { SegmentOptions } from './segment-options.ts'

export interface SegmentWish {
  input: string
  /** The folder to write into; it is made where it is not there. */
  out: string
  mode: SegmentMode
  look: Look
  /** Size of the network's input. */
  inputSize?: Size | undefined
  /** Names of the classes that are shown; all unless given. */
  only?: readonly string[] | undefined
  device?: string | undefined
  threads?: number | undefined
}

type Compute = Pick<ComputeProcess<Tasks>, 'run'>

/**
 * Longest side at which a network is shown pictures, unless the user says how large: photographs of
 * cameras would take minutes and the machine's memory each, and networks know smaller ones.
 */
export const usualLongest = 1024

/** What pictures and tapes come to, but for what is known beforehand. */
type Came = Pick<SegmentResult, 'device' | 'pictures' | 'frames' | 'skipped' | 'seconds'>

/** Indices of the classes that are named. Throws `bad-value` for a class that the network has not. */
export function classIndices(
  classes: readonly MaskClass[],
  names: readonly string[] | undefined,
): number[] | null {
  if (!names) return null
  return names.map((name) => {
    const found = classes.find((each) => each.name === name)
    if (found) return found.index
    throw new AppError(
      'bad-value',
      `the network has no class ${JSON.stringify(name)}`,
      `Its classes are ${classes.map((each) => each.name).join(', ')}.`,
    )
  })
}

async function overPictures(
  compute: Compute,
  found: FoundInput & { paths: string[] },
  { out, ...options }: SegmentOptions & { out: string },
  { signal, onProgress }: LongWork,
): Promise<Came> {
  const names = outputNames(found.paths, pictureExtension[options.mode])
  const files = found.paths.map((path, i) => ({ path, target: join(out, names[i] ?? '') }))
  requireApart(
    found.paths,
    files.map(({ target }) => target),
  )
  const pictures: SegmentedPicture[] = []
  const skipped: SegmentResult['skipped'] = []
  const { device, seconds } = await compute.run(
    'segmentFiles',
    { ...options, files },
    {
      signal,
      onProgress,
      onData(written) {
        const { path = '', target: file = '' } = files[written.at] ?? {}
        if ('why' in written) skipped.push({ file: path, why: written.why })
        else pictures.push({ name: basename(path), file, classes: written.classes })
      },
    },
  )
  if (pictures.length > 0) return { device, pictures, frames: 0, skipped, seconds }
  const [first] = skipped
  throw new AppError(
    'bad-value',
    found.kind === 'picture'
      ? (first?.why ?? 'the picture cannot be read')
      : `none of the ${files.length} pictures can be read; the first: ${first?.why}`,
    'Check the files in a picture viewer.',
  )
}

async function overTape(
  compute: Compute,
  { path }: { path: string },
  { out, ...options }: SegmentOptions & { out: string },
  { signal, onProgress }: LongWork,
): Promise<Came> {
  const name = basename(path, extname(path))
  const target = join(out, options.mode === 'mask' ? name : `${name}.mp4`)
  requireApart([path], [target])
  const request = { ...options, path, target }
  // A step of FFmpeg or of a large network takes its time, and its end takes the rest with it.
  const patienceMs = 10_000
  const seen = await compute.run('segmentTape', request, { signal, onProgress, patienceMs })
  const { device, frames, seconds, classes, problem } = seen
  const skipped = problem === null ? [] : [{ file: path, why: problem }]
  const pictures = [{ name: basename(path), file: target, classes }]
  return { device, pictures, frames, skipped, seconds }
}

async function write(path: string, text: string): Promise<void> {
  await replaceFile(path, text).catch((error: unknown) => {
    throw toAppError(error, path)
  })
}

/**
 * Looks at what `input` names and writes into `out` a file for each picture, or one for the tape, with
 * the legend of the colours and what was done as JSON. Pictures that cannot be read are in `skipped`.
 *
 * @throws AppError `no-such-file`, `bad-value` for a folder without pictures, classes that the network
 * has not, and results that would replace their pictures; what reading, running and writing throw;
 * `cancelled`. What was written before stays.
 */
export async function segmentInput(
  compute: Compute,
  model: StoredModel,
  wish: SegmentWish,
  work: LongWork,
): Promise<SegmentResult> {
  const { mode, look, inputSize: input, device = 'auto' } = wish
  const out = resolve(wish.out)
  const found = await findInput(wish.input)
  const classes = ownClasses(model.description)
  const only = classIndices(classes, wish.only)
  const threads = wish.threads ?? availableParallelism()
  const longest = usualLongest
  const network = { modelFolder: model.folder, input, longest, device, threads }
  const options = { ...network, mode, look, classes, only, out }
  const came =
    found.kind === 'tape'
      ? await overTape(compute, found, options, work)
      : await overPictures(compute, found, options, work)
  const legend = only ? classes.filter(({ index }) => only.includes(index)) : classes
  const legendFile = join(out, legendName)
  await write(legendFile, legendSvg(legend))
  const { id } = model.description
  const result = { model: id, mode, look, out, legendFile, legend, ...came }
  const record = { ...result, modelSha256: model.sha256, input: resolve(wish.input) }
  await write(join(out, resultName), `${JSON.stringify(record, null, 2)}\n`)
  return result
}
