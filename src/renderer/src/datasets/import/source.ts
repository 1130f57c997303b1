/** @file What the user says about a set that is to be imported. */
export interface Source {
  path: string
  format: string
  /** Folder of the pictures; '' = beside the annotations. */
  images: string
  /** `128=car, 255=ignore` */
  map: string
}

export const emptySource: Source = { path: '', format: 'auto', images: '', map: '' }

/** The same as the engine takes it: what was left empty is not said. */
export function sourceArgs({ path, format, images, map }: Source) {
  const meanings = map
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return {
    ...{ path: path.trim(), format },
    ...(images.trim() && { images: images.trim() }),
    ...(meanings.length > 0 && { map: meanings }),
  }
}
