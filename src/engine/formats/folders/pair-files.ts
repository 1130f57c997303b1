/** @file Which mask belongs to which picture, by their names. */
import { parse } from 'node:path/posix'
import type { SetProblem } from '../annotated-set.ts'
import { isPictureName } from '../picture-files.ts'

/** Names of folders that hold nothing but masks, or nothing but pictures. */
const maskName =
  /^(masks?|labels?|annotations?|annots?|gts?|ground[-_ ]?truths?|segmentations?|targets?|mattes?)$/i
const pictureName = /^(images?|imgs?|pictures?|photos?|jpegs?|frames?|inputs?|rgb|raw)$/i
const roleEnding = /[-_](masks?|labels?|annot|gt|images?|imgs?)$/i
const maskEndingOfFolder = /[-_](masks?|labels?|annot|gt)$/i

/** What ends the name of a mask, before its extension. */
const maskEnding = /[-_. ](masks?|labels?|gt|seg|segmentation|matte|L)$/
/** Endings that tell a mask where it lies among the pictures. */
const sureMask = /[-_. ](mask|masks)$/i

interface Candidate {
  path: string
  role: 'mask' | 'picture'
  /** What a mask and its picture have in common. */
  key: string
}

/** What masks and pictures have in common of the folders that they are in. */
function withoutRoles(folders: readonly string[]): string[] {
  return folders
    .filter((name) => !maskName.test(name) && !pictureName.test(name))
    .map((name) => name.replace(roleEnding, ''))
}

function candidateOf(path: string): Candidate {
  const { dir, name } = parse(path)
  const folders = dir === '' ? [] : dir.split('/')
  const isMask =
    folders.some((folder) => maskName.test(folder) || maskEndingOfFolder.test(folder)) ||
    sureMask.test(name)
  const key = [...withoutRoles(folders), name]
  return { path, role: isMask ? 'mask' : 'picture', key: key.join('/') }
}

export interface FilePair {
  picture: string
  mask: string
}

export interface FilePairs {
  pairs: FilePair[]
  /** Files without a partner, or with more than one. */
  problems: SetProblem[]
}

/** Pictures by what their masks may be called: by their name with and without its extension. */
function byKey(pictures: readonly Candidate[], problems: SetProblem[]): Map<string, Candidate> {
  const keys = new Map<string, Candidate>()
  for (const picture of pictures) {
    const whole = `${picture.key}${parse(picture.path).ext}`
    keys.set(whole, picture)
    const other = keys.get(picture.key)
    if (other && other.path !== picture.path)
      problems.push({
        file: picture.path,
        why: `has the same name as ${other.path}; a mask ${parse(picture.path).name}.png would belong to both`,
      })
    else keys.set(picture.key, picture)
  }
  return keys
}

/**
 * Pairs pictures with masks one to one. Files are paths relative to the set, with `/`; in a
 * parallel folder a mask has the name of its picture, possibly with an ending such as `_mask`.
 */
export function pairFiles(files: readonly string[]): FilePairs {
  return pairCandidates(files.filter(isPictureName).map(candidateOf))
}

/** As `pairFiles`, where pictures and masks lie in folders that the user names. */
export function pairFolders(pictures: readonly string[], masks: readonly string[]): FilePairs {
  const candidates = (paths: readonly string[], role: Candidate['role']) =>
    paths.filter(isPictureName).map((path) => ({ ...candidateOf(path), role }))
  return pairCandidates([...candidates(pictures, 'picture'), ...candidates(masks, 'mask')])
}

function pairCandidates(candidates: readonly Candidate[]): FilePairs {
  const problems: SetProblem[] = []
  const pictures = candidates.filter(({ role }) => role === 'picture')
  const keys = byKey(pictures, problems)
  const maskOf = new Map<Candidate, string>()
  for (const mask of candidates.filter(({ role }) => role === 'mask')) {
    const picture = keys.get(mask.key) ?? keys.get(mask.key.replace(maskEnding, ''))
    const other = picture && maskOf.get(picture)
    if (!picture) problems.push({ file: mask.path, why: 'there is no picture for this mask' })
    else if (other !== undefined)
      problems.push({ file: mask.path, why: `${picture.path} already has the mask ${other}` })
    else maskOf.set(picture, mask.path)
  }
  const named = new Set(problems.map(({ file }) => file))
  for (const { path } of pictures.filter((each) => !maskOf.has(each)))
    if (!named.has(path)) problems.push({ file: path, why: 'there is no mask for this picture' })
  const pairs = pictures.flatMap((each) => {
    const mask = maskOf.get(each)
    return mask === undefined ? [] : [{ picture: each.path, mask }]
  })
  return { pairs, problems }
}

/** The path of a picture without the folder that parts pictures from masks. */
export function nameOfPicture(path: string): string {
  const parts = path.split('/')
  return [...withoutRoles(parts.slice(0, -1)), parts.at(-1)].join('/')
}
