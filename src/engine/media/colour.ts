/** @file How stored colours become RGB: the matrices that FFmpeg's `scale` knows, and our rule. */
import {
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_CL,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_FCC,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_SMPTE240M,
  type AVColorSpace,
} from 'node-av/constants'

/**
 * Colour matrices by the names that `scale` gives them, with their number in ITU-T H.273.
 * `gbr` is RGB itself, which needs no matrix.
 */
const matrices: Record<string, AVColorSpace> = {
  gbr: AVCOL_SPC_RGB,
  bt709: AVCOL_SPC_BT709,
  fcc: AVCOL_SPC_FCC,
  bt470: AVCOL_SPC_BT470BG,
  smpte170m: AVCOL_SPC_SMPTE170M,
  smpte240m: AVCOL_SPC_SMPTE240M,
  bt2020: AVCOL_SPC_BT2020_NCL,
}

/** The number of a matrix, for frames and graphs. */
export function matrixNumber(matrix: string): AVColorSpace {
  const found = matrices[matrix]
  if (found === undefined) throw new TypeError(`no colour matrix is called ${matrix}`)
  return found
}

/**
 * The name of a picture's matrix: what its metadata says, otherwise BT.601 below 720 lines and
 * BT.709 from there on, which is what cameras without metadata mean.
 */
export function matrixName(stored: AVColorSpace, height: number): string {
  const wanted = stored === AVCOL_SPC_BT2020_CL ? AVCOL_SPC_BT2020_NCL : stored
  const known = Object.keys(matrices).find((name) => matrices[name] === wanted)
  return known ?? (height < 720 ? 'smpte170m' : 'bt709')
}
