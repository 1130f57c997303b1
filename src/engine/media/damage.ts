/** @file Says what a truncated or damaged tape lacks. */

/** What went wrong while decoding. */
export interface Damage {
  /** Packets that are incomplete in the file. */
  packets: number
  /** Pictures that could not be decoded, or only in part. An incomplete packet may spoil one. */
  pictures: number
  /** FFmpeg's reason when reading stopped before the end of the file; null at a clean end. */
  readError: string | null
}

export interface TapeLength {
  frames: number
  /** Length of the frames that could be decoded. */
  decodedSeconds: number
  /** Length that the headers announce; null where they are silent. */
  announcedSeconds: number | null
  framesPerSecond: number
}

/** Headers round, and the last frame's duration is often a guess. */
const TOLERATED_FRAMES = 2

/** True when decoding met anything that a whole tape does not have. */
export function isDamaged(damage: Damage): boolean {
  return damage.packets > 0 || damage.pictures > 0 || damage.readError !== null
}

/** One sentence for the user about everything that is missing; null when nothing is. */
export function describeDamage(damage: Damage, length: TapeLength): string | null {
  const parts: string[] = []
  const { decodedSeconds, announcedSeconds, framesPerSecond } = length
  const tolerated = TOLERATED_FRAMES / framesPerSecond
  if (announcedSeconds !== null && announcedSeconds - decodedSeconds > tolerated)
    parts.push(
      `the tape ends after ${decodedSeconds.toFixed(1)} s although its headers announce ${announcedSeconds.toFixed(1)} s`,
    )
  if (damage.readError !== null) parts.push(`reading stopped early (${damage.readError})`)
  const pictures = Math.max(damage.packets, damage.pictures)
  if (pictures === 1) parts.push('1 picture is damaged or missing')
  else if (pictures > 1) parts.push(`${pictures} pictures are damaged or missing`)
  if (parts.length === 0) return null
  return `${parts.join(', and ')}; ${length.frames} frames can be used.`
}
