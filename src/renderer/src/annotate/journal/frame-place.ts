/** @file A frame of a project, by which pictures, masks and strokes are kept. */
export interface FramePlace {
  /** Id of the tape. */
  tape: number
  frame: number
}

export function keyOf({ tape, frame }: FramePlace): string {
  return `${tape}/${frame}`
}

export function isSamePlace(a: FramePlace | null, b: FramePlace | null): boolean {
  return a?.tape === b?.tape && a?.frame === b?.frame
}
