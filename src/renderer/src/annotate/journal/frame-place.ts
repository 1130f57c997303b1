/** @file A frame of a project, by which pictures, masks and strokes are kept. */
export interface FramePlace {
  /** Id of the tape, or of the set whose picture of position `frame` it is; no two have the same. */
  tape: number
  frame: number
}

export function keyOf({ tape, frame }: FramePlace): string {
  return `${tape}/${frame}`
}

export function isSamePlace(a: FramePlace | null, b: FramePlace | null): boolean {
  return a?.tape === b?.tape && a?.frame === b?.frame
}

/** Stands for the recipe where something is painted in a picture of a set: in its own pixels. */
export const ofPicture = 'picture'
