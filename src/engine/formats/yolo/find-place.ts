/**
 * @file Places that data.yaml names. They are relative to a folder of the machine that wrote it, or lead
 * out of the set as Roboflow's `../train/images` does; here they are looked for within the set only.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The ends of a path, the longest first: a/b/c, b/c, c. */
function endsOf(path: string): string[] {
  const names = path.split(/[/\\]/).filter((name) => name !== '' && name !== '.' && name !== '..')
  return names.map((_, i) => names.slice(i).join('/'))
}

/** A finder of places: the longest end of a path that is there, relative to `root`; null for none. */
export function placeFinder(
  root: string,
  path: string | null,
): (place: string) => Promise<string | null> {
  const bases = [...(path === null ? [] : endsOf(path)), '']
  const isThere = (relative: string) =>
    stat(join(root, relative)).then(
      () => true,
      () => false,
    )
  // In long lists of pictures what was left out of one path is left out of the next.
  let last: { base: string; dropped: number } | null = null
  const paths = (place: string) => {
    const ends = endsOf(place)
    const all = bases.flatMap((base) => ends.map((end, dropped) => ({ base, dropped, end })))
    const again = last
    if (!again) return all
    const same = all.filter(({ base, dropped }) => base === again.base && dropped === again.dropped)
    return [...same, ...all]
  }
  return async (place) => {
    if (endsOf(place).length === 0) return ''
    for (const { base, dropped, end } of paths(place)) {
      const relative = base === '' ? end : `${base}/${end}`
      if (!(await isThere(relative))) continue
      last = { base, dropped }
      return relative
    }
    return null
  }
}
