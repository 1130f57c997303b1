/** @file Which frame a mask file belongs to, by its name. */
import { parse } from 'node:path'

/** What is known of the tape that masks are for. */
export interface MaskedTape {
  frames: number
  /** File names of an image folder in frame order; empty for a tape. */
  files: readonly string[]
}

export interface NamedMask {
  /** File name without its folder. */
  file: string
  frame: number
}

export interface SkippedFile {
  file: string
  why: string
}

export interface MaskPlan {
  /** Ascending by frame, at most one mask a frame. */
  masks: NamedMask[]
  skipped: SkippedFile[]
}

/** The name that a mask has in our exports: `000012.png`. */
export function maskFileName(frame: number): string {
  return `${String(frame).padStart(6, '0')}.png`
}

/**
 * Finds the frame that a file name stands for: in an image folder that of the picture with the same
 * name, otherwise the last number in the name (`cam2_000123.png` is 123). Null where there is
 * neither.
 */
export function frameFinder({ files }: MaskedTape): (file: string) => number | null {
  const pictures = new Map(files.map((file, frame) => [parse(file).name, frame]))
  return (file) => {
    const { name } = parse(file)
    const digits = name.match(/\d+/g)?.at(-1)
    return pictures.get(name) ?? (digits === undefined ? null : Number(digits))
  }
}

/** Why a file cannot be the mask of the frame that its name stands for; null when it can. */
function obstacle(file: string, frame: number, tape: MaskedTape, other: string | undefined) {
  if (parse(file).ext.toLowerCase() !== '.png') return 'it is not a PNG file'
  if (frame >= tape.frames)
    return `frame ${frame} does not exist; the tape has frames 0 to ${tape.frames - 1}`
  return other === undefined ? null : `frame ${frame} already has ${other}`
}

/**
 * Assigns the files of a folder to frames. With `wanted`, files for other frames are passed over,
 * and a wanted frame without a file is reported. All else that has no use is skipped with the
 * reason; hidden files are passed over.
 */
export function planMasks(
  names: readonly string[],
  tape: MaskedTape,
  wanted: readonly number[] | null,
): MaskPlan {
  const frameOf = frameFinder(tape)
  const wantedFrames = wanted && new Set(wanted)
  const taken = new Map<number, string>()
  const skipped: SkippedFile[] = []
  for (const file of names.filter((name) => !name.startsWith('.')).sort()) {
    const frame = frameOf(file)
    if (frame === null) {
      skipped.push({ file, why: 'there is no frame number in its name' })
      continue
    }
    if (wantedFrames && !wantedFrames.has(frame)) continue
    const why = obstacle(file, frame, tape, taken.get(frame))
    if (why === null) taken.set(frame, file)
    else skipped.push({ file, why })
  }
  for (const frame of wanted ?? [])
    if (!taken.has(frame))
      skipped.push({ file: maskFileName(frame), why: `there is no mask for frame ${frame}` })
  const masks = [...taken].map(([frame, file]) => ({ file, frame }))
  return { masks: masks.sort((a, b) => a.frame - b.frame), skipped }
}
