/**
 * @file Addresses of bytes (frames, masks, strokes), below the page's own origin: one handler answers
 * them on `app://` and on HTTP. `project` is a handle from `projects.open`.
 *
 * | address | answer |
 * |---|---|
 * | `…/frames/N/picture?through=tape|recipe&format=png|raw` | a frame; `raw` = width, height (uint32, big-endian), then RGB |
 * | `…/frames/N/picture?recipe=JSON&format=…` | the same through a recipe that is not set yet |
 * | `…/frames/N/thumbnail` | JPEG, 160 pixels wide, through the recipe where there is one |
 * | `…/frames/N/mask` | `packMask` bytes of the label and the strokes since; 404 where there is nothing |
 * | `…/frames/N/prediction` | as a mask: 0 … 255 = person probability, at the recipe's size; 404. `?run=R`: as that run has stored it |
 * | `…/frames/N/strokes?session=S&number=K` | POST: see ./stroke.ts; 204 once it is on the disk; `&geometry=HASH` of the recipe it was painted in may follow |
 * | `posters/KEY?at=T` | JPEG of a project in the list, see `projects.list` |
 * | `…/background?format=png|raw` | the tape's median, through the recipe |
 * | `…/camera?scene=earlier|now` | PNG of an empty scene that `camera.check` has compared, in tape pixels; 404 before |
 * | `…/times` | float64, little-endian: seconds of each frame since frame 0 |
 * | `PROJECT/runs/R/regions/ID/scores?cut=C` | float64, little-endian: the region's sum at each position that is done |
 * | `PROJECT/trainings/T/tapes/ID/frames/N/prediction?network=base|new|live` | as a mask: what a network of a training made of a frame, 0 … 255; 404 until there is one |
 * | `PROJECT/sets/ID/images/N/picture?format=file|raw` | a picture of a set, upright: as its file where a browser shows that, else PNG; or raw |
 * | `PROJECT/sets/ID/images/N/thumbnail` | JPEG, at most 256 pixels wide and high; 404 where the set came without the picture |
 * | `PROJECT/sets/ID/images/N/mask?size=full|small&version=V` | as a mask, strokes since the version included; `small` = of the thumbnail's size; 404 |
 * | `PROJECT/sets/ID/images/N/augmented?pipeline=JSON&seed=S&variant=V` | PNG, at most 256 pixels wide and high: the picture (V = 0), or what a pipeline makes of it, with its mask over it |
 * | `PROJECT/sets/ID/images/N/strokes?session=S&number=K` | POST: as those of a frame |
 * | `PROJECT/segments/JOB/pictures/N?of=result|picture` | of `segment.result`: what was written for a picture, and the picture; 404 for tapes |
 * | `PROJECT/live/picture?after=N` | see ./live-picture.ts: the camera's latest picture once it is another than N; 204 where none came for seconds |
 *
 * A failure is JSON `{code, message, hint}` with status 400, 404, 409 (read-only) or 500.
 */
import type { Recipe } from './recipe.ts'

export const bytesPrefix = '/bytes/'

export interface TapeAt {
  project: string
  tape: number
}

export interface FrameAddress extends TapeAt {
  frame: number
}

/** A picture of a set, by its position. */
export interface ImageAddress {
  project: string
  set: number
  position: number
}

/** Longest side of a set's thumbnails, in pixels. */
export const imageThumbnailSide = 256

export type PictureFormat = 'png' | 'raw'

/** Of a training: what it started from, what came of the trial, and what it is at now. */
export type TrainingNetwork = 'base' | 'new' | 'live'

const tapePath = ({ project, tape }: TapeAt): string =>
  `${bytesPrefix}${encodeURIComponent(project)}/tapes/${tape}`

const framePath = (at: FrameAddress): string => `${tapePath(at)}/frames/${at.frame}`

const imagePath = ({ project, set, position }: ImageAddress): string =>
  `${bytesPrefix}${encodeURIComponent(project)}/sets/${set}/images/${position}`

export const byteAddress = {
  picture: (at: FrameAddress, through: 'tape' | 'recipe', format: PictureFormat): string =>
    `${framePath(at)}/picture?${new URLSearchParams({ through, format })}`,
  preview: (at: FrameAddress, recipe: Recipe, format: PictureFormat): string =>
    `${framePath(at)}/picture?${new URLSearchParams({ recipe: JSON.stringify(recipe), format })}`,
  thumbnail: (at: FrameAddress): string => `${framePath(at)}/thumbnail`,
  mask: (at: FrameAddress): string => `${framePath(at)}/mask`,
  /** Without a run: of the active network. */
  prediction: (at: FrameAddress, run?: number): string =>
    `${framePath(at)}/prediction${run === undefined ? '' : `?run=${run}`}`,
  /** `geometry` = hash of the recipe that the stroke was painted in. */
  strokes: (at: FrameAddress, session: string, number: number, geometry?: string): string => {
    const about = { session, number: String(number), ...(geometry ? { geometry } : {}) }
    return `${framePath(at)}/strokes?${new URLSearchParams(about)}`
  },
  background: (at: TapeAt, format: PictureFormat): string =>
    `${tapePath(at)}/background?format=${format}`,
  camera: (at: TapeAt, scene: 'earlier' | 'now'): string => `${tapePath(at)}/camera?scene=${scene}`,
  times: (at: TapeAt): string => `${tapePath(at)}/times`,
  scores: (project: string, run: number, region: number, cut: number): string =>
    `${bytesPrefix}${encodeURIComponent(project)}/runs/${run}/regions/${region}/scores?cut=${cut}`,
  trainingPrediction: (at: FrameAddress, training: number, network: TrainingNetwork): string =>
    `${bytesPrefix}${encodeURIComponent(at.project)}/trainings/${training}/tapes/${at.tape}/frames/${at.frame}/prediction?network=${network}`,
  image: (at: ImageAddress, format: 'file' | 'raw'): string =>
    `${imagePath(at)}/picture?format=${format}`,
  imageThumbnail: (at: ImageAddress): string => `${imagePath(at)}/thumbnail`,
  /** `version` tells masks apart: the same address gives the same mask but for strokes. */
  imageMask: (at: ImageAddress, size: 'full' | 'small', version: number): string =>
    `${imagePath(at)}/mask?${new URLSearchParams({ size, version: String(version) })}`,
  /** `variant` 0 = the picture as it is; others are drawn by the seed. */
  imageAugmented: (
    at: ImageAddress,
    { pipeline, seed, variant }: { pipeline: unknown; seed: number; variant: number },
  ): string => {
    const about = { pipeline: JSON.stringify(pipeline), seed: `${seed}`, variant: `${variant}` }
    return `${imagePath(at)}/augmented?${new URLSearchParams(about)}`
  },
  imageStrokes: (at: ImageAddress, session: string, number: number): string =>
    `${imagePath(at)}/strokes?${new URLSearchParams({ session, number: String(number) })}`,
  /** The picture `place` of what `segment.result` gives, or what was looked at. */
  segmented: (project: string, job: number, place: number, of: 'result' | 'picture'): string =>
    `${bytesPrefix}${encodeURIComponent(project)}/segments/${job}/pictures/${place}?of=${of}`,
  /** `after` = number of the picture that is shown; 0 = none. */
  livePicture: (project: string, after: number): string =>
    `${bytesPrefix}${encodeURIComponent(project)}/live/picture?after=${after}`,
} as const
