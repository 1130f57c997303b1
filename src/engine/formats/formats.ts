/** @file Every dataset format, by the name that commands take. */
import { AppError } from '../../shared/errors.ts'
import { boxesCsv } from './boxes-csv/format.ts'
import { coco } from './coco/index.ts'
import { colourPng } from './colour-png/format.ts'
import { cvat } from './cvat/index.ts'
import { cvatMask } from './cvat-mask/index.ts'
import { cvatVideo } from './cvat-video/index.ts'
import { folders } from './folders/format.ts'
import type { DatasetFormat } from './format.ts'
import { indexPng } from './index-png/format.ts'
import { labelStudio } from './label-studio/index.ts'
import { labelme } from './labelme/index.ts'
import { via, via3, viaCsv } from './via/index.ts'
import { voc } from './voc/index.ts'
import { yolo } from './yolo/index.ts'

export const datasetFormats = {
  coco,
  voc,
  labelme,
  via,
  'via-3': via3,
  'via-csv': viaCsv,
  cvat,
  'cvat-mask': cvatMask,
  'cvat-video': cvatVideo,
  'label-studio': labelStudio,
  yolo,
  folders,
  'index-png': indexPng,
  'colour-png': colourPng,
  'boxes-csv': boxesCsv,
} as const satisfies Record<string, DatasetFormat>

export type FormatName = keyof typeof datasetFormats

export const formatNames = Object.keys(datasetFormats).filter(isFormatName)

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(datasetFormats, name)
}

/**
 * The one format that a file or folder is of.
 * @throws AppError `bad-dataset` when none fits, or several, with their names
 */
export async function recogniseFormat(path: string): Promise<FormatName> {
  const fitting: FormatName[] = []
  for (const name of formatNames)
    if (await datasetFormats[name].recognises(path)) fitting.push(name)
  const [only, ...others] = fitting
  if (only && others.length === 0) return only
  if (only)
    throw new AppError(
      'bad-dataset',
      `${path} can be read as ${fitting.join(' or as ')}`,
      `Say which with --format ${only} or --format ${others[0]}.`,
    )
  throw new AppError(
    'bad-dataset',
    `${path} is of no format that is recognised by itself`,
    `Name it with --format: ${formatNames.join(', ')}.`,
  )
}
