/** @file What goes into a training and what comes out; plain data, so that it crosses a process. */
import type { Size } from '../../shared/recipe.ts'
import type { TrainSettings } from '../../shared/train-settings.ts'
import type { NodeCount } from '../infer/types.ts'
import type { TapeIndex } from '../media/types.ts'

/** One frame of one source of the project. */
export interface FrameReference {
  source: number
  frame: number
}

/** Where the frames of a source come from. */
export interface TrainTape {
  source: number
  index: TapeIndex
  /** Native filters to the recipe's picture, see preprocess/filter-chain.ts. */
  filters: string
}

/** A painted frame. */
export interface LabelledFrame extends FrameReference {
  /** `[height, width]` of the recipe: indices into `classes`, 255 = ignored. */
  mask: Uint8Array
}

/** The label of pixels that no loss and no score looks at. */
export const ignoredLabel = 255

/** Whether a label is a class that is looked for: neither the first one, the background, nor ignored. */
export const isSomebody = (label: number): boolean => label !== 0 && label !== ignoredLabel

/** A picture and what is to be learnt from it; what augmentation takes and gives. */
export interface TrainingSample {
  /** `[height, width, 3]` of the recipe, RGB, 0 … 255; floats may go beyond and between. */
  picture: Uint8Array | Float32Array
  /** `[height, width]` of the recipe: indices into `classes`, 255 = ignored. */
  mask: Uint8Array
}

export interface TrainRequest {
  tapes: TrainTape[]
  /** Size of the recipe's pictures, and of the masks. */
  size: Size
  labels: LabelledFrame[]
  /** Frames whose median is the background; may be empty unless the settings need it. */
  backgroundFrames: FrameReference[]
  /** Frames for self-training; may be empty. */
  unlabelledFrames: FrameReference[]
  /** Folder of the base network: model.onnx and model.json. */
  modelFolder: string
  /** Classes of the new network in channel order, background first; they are the project's. */
  classes: string[]
  /** For each class the class of the base network that it starts from, null = none. */
  classMap: Record<string, string | null>
  geometryHash: string
  settings: TrainSettings
  /** Id and name of the new network. */
  model: { id: string; name: string }
  /** Folder for the checkpoint, the features and, in the end, the network's own folder `model`. */
  folder: string
  /** Go on from the folder's checkpoint where it has one of this very training. */
  resume: boolean
  /** What model.json says of this training besides what the trainer knows. */
  provenance: Record<string, unknown>
  /** A frame that the network looks at now and then while it is trained; absent = none. */
  preview?: PreviewRequest | undefined
}

export interface PreviewRequest {
  frame: LabelledFrame
  /** It looks at it no more often. */
  everySeconds: number
}

/** What a network makes of a frame. */
export interface FramePrediction extends FrameReference {
  /** `[height, width]` of the recipe: person probability, 0 … 255. */
  probability: Uint8Array
}

/** What a network makes of a painted frame, and how well that agrees with its mask. */
export interface FrameLook extends FramePrediction {
  score: FrameScore
}

/** What is emitted while a network is trained. */
export type TrainEvent =
  | {
      kind: 'estimate'
      device: string
      /** Why this device, in a sentence. */
      reason: string
      /** Nodes that the device left to the processor. */
      fallback: NodeCount[]
      /** Measured on two steps. */
      secondsPerStep: number
      totalSeconds: number
      /** What the training needs, and what is free. */
      memoryBytes: number
      freeBytes: number
      batch: number
      /** Parts in which a batch is computed. */
      accumulate: number
      parameters: number
    }
  | { kind: 'step'; iteration: number; loss: number; learningRate: number; seconds: number }
  | { kind: 'checkpoint'; iteration: number }
  | ({ kind: 'preview'; iteration: number } & FrameLook)
  /** From here on the iterations of another part follow: 'labels' is the first. */
  | { kind: 'part'; part: 'labels' | 'self-training'; iterations: number }

export interface TrainSummary {
  /** Folder of the trained network: model.onnx, model.json, state.bin. */
  modelFolder: string
  /** Iterations of all parts. */
  iterations: number
  /** Of the whole training, sessions, features and the file included. */
  seconds: number
  /** Median. */
  secondsPerStep: number
  /** Mean over the first and the last iterations (a tenth of all, ten at most). */
  loss: { first: number; last: number }
  device: string
  /** Nodes that the device left to the processor. */
  fallback: NodeCount[]
  memoryBytes: number
}

/** A network on labelled frames. */
export interface ScoreRequest {
  tapes: TrainTape[]
  size: Size
  labels: LabelledFrame[]
  /** Names of the classes that the masks hold. */
  classes: string[]
  modelFolder: string
  /** Size of the network's input. */
  input: Size
  device: string
  threads?: number | undefined
}

export interface FrameScore extends FrameReference {
  /** Pixels that network and mask call a person, and that either does; ignored ones left out. */
  intersection: number
  union: number
  /** Mean cross-entropy of person or not over the pixels that are not ignored. */
  loss: number
}

/** The selection score. */
export interface ScoreResult {
  /** Over the pixels of all frames, as `personIou` has it. */
  personIou: number
  /** Mean over all pixels that are not ignored. */
  loss: number
  frames: FrameScore[]
}
