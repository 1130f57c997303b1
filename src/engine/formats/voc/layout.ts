/** @file Where the parts of a VOC set lie: `VOCdevkit/VOC2012`, a folder like it, or XML beside pictures. */
import { access, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { listFiles, naturally } from '../list-files.ts'
import { isPictureName } from '../picture-files.ts'
import { readHead } from '../text-file.ts'

/** Files of one kind by the picture's id: its path without ending. */
export type FilesById = ReadonlyMap<string, string>

export interface VocLayout {
  root: string
  classMasks: FilesById
  objectMasks: FilesById
  annotations: FilesById
  /** By id and by name. */
  pictures: FilesById
  /** Folder that names of pictures are relative to. */
  pictureFolder: string
  /** Lists of ids by the name of the list: those of segmentation, or else the main ones. */
  lists: FilesById
  hasSegmentationLists: boolean
}

/** How far below the named folder the set may begin: `VOCdevkit/VOC2012`. */
const searchedLevels = 2

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** Whether the folder's first XML file is an annotation with boxes, as LabelImg writes beside pictures. */
async function hasAnnotations(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => [])
  const first = entries.filter((name) => /\.xml$/i.test(name)).sort(naturally)[0]
  if (first === undefined) return false
  const head = await readHead(join(folder, first))
  return /<annotation[\s>]/.test(head) && /<(bndbox|size)[\s>]/.test(head)
}

async function isRoot(folder: string): Promise<boolean> {
  const folders = await foldersIn(folder)
  if (folders.includes('SegmentationClass') || folders.includes('SegmentationClassPNG')) return true
  return hasAnnotations(folders.includes('Annotations') ? join(folder, 'Annotations') : folder)
}

/** The folders at or below `folder` in which a VOC set begins; those of the upmost level. */
export async function findRoots(folder: string): Promise<string[]> {
  let level = [folder]
  for (let depth = 0; depth <= searchedLevels; depth++) {
    const roots: string[] = []
    for (const each of level) if (await isRoot(each)) roots.push(each)
    if (roots.length > 0) return roots.sort(naturally)
    const below = await Promise.all(
      level.map(async (each) => (await foldersIn(each)).map((name) => join(each, name))),
    )
    level = below.flat().filter((path) => !basename(path).startsWith('.'))
  }
  return []
}

const withoutEnding = (path: string): string => path.replace(/\.[^./]*$/, '')

/** Files of `folder` (with `/` at its end, or empty) that `fits`, by their ids. */
function filesById(
  files: readonly string[],
  folder: string,
  fits: (name: string) => boolean,
): Map<string, string> {
  return new Map(
    files
      .filter((path) => path.startsWith(folder) && fits(path))
      .map((path) => [withoutEnding(path.slice(folder.length)), path]),
  )
}

/** Pictures by id, and by name for ids that are the whole name; the first of several has the id. */
function picturesById(names: readonly string[], folder: string): Map<string, string> {
  const pictures = new Map<string, string>()
  for (const name of names.filter(isPictureName)) {
    const id = withoutEnding(name)
    if (!pictures.has(id)) pictures.set(id, join(folder, name))
    pictures.set(name, join(folder, name))
  }
  return pictures
}

function firstFolder(files: readonly string[], ...folders: readonly string[]): string | undefined {
  return folders.find((folder) => files.some((path) => path.startsWith(folder)))
}

const hint = 'Name the folder that holds them, such as VOCdevkit/VOC2012.'

async function rootOf(path: string): Promise<string> {
  const roots = await findRoots(path)
  const [root] = roots
  if (!root)
    throw new AppError(
      'bad-dataset',
      `${path} holds no PASCAL VOC set; SegmentationClass, Annotations or XML files with boxes were expected in it`,
      hint,
    )
  if (roots.length === 1) return root
  const names = roots.map((each) => basename(each)).join(', ')
  throw new AppError(
    'bad-dataset',
    `${path} holds ${roots.length} PASCAL VOC sets: ${names}; one was expected`,
    hint,
  )
}

interface Search {
  images?: string | undefined
  signal?: AbortSignal | undefined
}

const isPart = (path: string): boolean => /^(Segmentation|ImageSets\/|Annotations\/)/.test(path)

async function findPictures(
  root: string,
  files: readonly string[],
  search: Search,
): Promise<Pick<VocLayout, 'pictures' | 'pictureFolder'>> {
  if (search.images !== undefined) {
    const names = await listFiles(search.images, search)
    return { pictures: picturesById(names, search.images), pictureFolder: search.images }
  }
  const own = firstFolder(files, 'JPEGImages/') ?? ''
  const names = files
    .filter((path) => path.startsWith(own) && !isPart(path))
    .map((path) => path.slice(own.length))
  const pictureFolder = join(root, own)
  return { pictures: picturesById(names, pictureFolder), pictureFolder }
}

/**
 * Finds the parts of the set at or below `path`. `images` is the folder of the pictures where the
 * user names one.
 * @throws AppError `bad-dataset`, `no-such-file`, `cancelled`
 */
export async function findLayout(path: string, search: Search): Promise<VocLayout> {
  await access(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  const root = await rootOf(path)
  const files = await listFiles(root, search)
  const part = (ending: RegExp, ...folders: readonly string[]) => {
    const folder = firstFolder(files, ...folders)
    return folder === undefined
      ? new Map<string, string>()
      : filesById(files, folder, (name) => ending.test(name))
  }
  const segmentationLists = part(/\.txt$/i, 'ImageSets/Segmentation/')
  const hasSegmentationLists = segmentationLists.size > 0
  return {
    root,
    classMasks: part(/\.png$/i, 'SegmentationClass/', 'SegmentationClassPNG/'),
    objectMasks: part(/\.png$/i, 'SegmentationObject/', 'SegmentationObjectPNG/'),
    annotations: part(/\.xml$/i, 'Annotations/', ''),
    ...(await findPictures(root, files, search)),
    lists: hasSegmentationLists ? segmentationLists : part(/\.txt$/i, 'ImageSets/Main/'),
    hasSegmentationLists,
  }
}
