/** @file How much a zip may hold, so that a small file cannot fill the disk. */

export interface ZipLimits {
  entries: number
  /** Of everything unpacked. */
  bytes: number
  /** Bytes unpacked for each byte of the file; masks and annotations stay far below. */
  ratio: number
  /** A zip that unpacks to no more than this may be packed as tightly as it likes. */
  harmlessBytes: number
}

export const zipLimits: ZipLimits = {
  entries: 500_000,
  bytes: 200 * 2 ** 30,
  ratio: 200,
  harmlessBytes: 256 * 2 ** 20,
}
