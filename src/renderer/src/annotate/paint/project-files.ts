/** @file What the painter fetches of a project, kept while it may be needed again. */

import { byteAddress } from '../../../../shared/byte-routes.ts'
import { backgroundIndex } from '../../../../shared/mask.ts'
import { unpackMask } from '../../../../shared/mask-codec.ts'
import type { Size } from '../../../../shared/recipe.ts'
import { unpackRaw } from '../../canvas/raw-pixels.ts'
import { type FramePlace, keyOf } from '../journal/frame-place.ts'
import type { Journal } from '../journal/journal.ts'
import type { Picture } from '../raster/colour.ts'
import { bytesOfPicture, type FramePicture, fetchBytes, loadPicture } from './frame-pictures.ts'
import { KeptByUse } from './kept.ts'
import { MaskDocument } from './mask-document.ts'

/** A frame in one recipe: what was fetched in another one is of no use. */
export interface GeometryPlace extends FramePlace {
  geometry: string
}

const megabyte = 1024 * 1024
const pictureBytes = 384 * megabyte
const maskBytes = 256 * megabyte

export interface ProjectFilesOptions {
  /** Handle of the project as it is now. */
  project: () => string
  size: () => Size
  /** Id of the network in use: another one finds something else. */
  model: () => string
  /** Whether a frame may have a mask; one that has none is not asked for. */
  mayHaveMask: (place: FramePlace) => boolean
  journal: Journal
  /** What is shown, which must stay. */
  isShown: (value: MaskDocument | FramePicture) => boolean
}

export class ProjectFiles {
  readonly pictures: KeptByUse<GeometryPlace, FramePicture>
  readonly documents: KeptByUse<GeometryPlace, MaskDocument>
  /** Person probability, 0 … 255; null where the network has not looked. */
  readonly predictions: KeptByUse<GeometryPlace, { map: Uint8Array } | null>
  /** The median of a tape, whatever the frame. */
  readonly backgrounds: KeptByUse<GeometryPlace, Picture>

  constructor(options: ProjectFilesOptions) {
    const { project, journal, isShown } = options
    const nameOf = (place: GeometryPlace): string => `${place.geometry} ${keyOf(place)}`
    this.pictures = new KeptByUse({
      ...{ bytes: pictureBytes, nameOf, bytesOf: bytesOfPicture },
      load: (place) => loadPicture(project(), place),
      isHeld: isShown,
      drop: ({ bitmap }) => bitmap.close(),
    })
    this.documents = new KeptByUse({
      ...{ bytes: maskBytes, nameOf },
      load: (place) => loadDocument(place, options),
      bytesOf: ({ mask, history }) => mask.data.length + history.bytes,
      isHeld: (document) => isShown(document) || journal.isPending(document.place),
    })
    this.predictions = new KeptByUse({
      bytes: maskBytes,
      nameOf: (place) => `${options.model()} ${nameOf(place)}`,
      load: async (place) => {
        const bytes = await fetchBytes(byteAddress.prediction({ project: project(), ...place }))
        return bytes && { map: unpackMask(new Uint8Array(bytes)).data }
      },
      bytesOf: (prediction) => prediction?.map.length ?? 0,
    })
    this.backgrounds = new KeptByUse({
      bytes: pictureBytes,
      nameOf: ({ geometry, tape }) => `${geometry} ${tape}`,
      load: ({ tape }) => loadBackground(project(), tape),
      bytesOf: ({ rgb }) => rgb.length,
    })
  }
}

async function loadDocument(
  place: GeometryPlace,
  { project, size, mayHaveMask, journal }: ProjectFilesOptions,
): Promise<MaskDocument> {
  const address = byteAddress.mask({ project: project(), ...place })
  const bytes = mayHaveMask(place) ? await fetchBytes(address) : null
  const { width, height } = size()
  const mask = bytes
    ? unpackMask(new Uint8Array(bytes))
    : { width, height, data: new Uint8Array(width * height).fill(backgroundIndex) }
  return new MaskDocument(place, mask, (stroke) => journal.append(place, stroke))
}

async function loadBackground(project: string, tape: number): Promise<Picture> {
  const bytes = await fetchBytes(byteAddress.background({ project, tape }, 'raw'))
  if (bytes) return unpackRaw(bytes)
  throw new Error('the tape has no background picture')
}
