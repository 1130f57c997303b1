/** The first place of an ascending list whose value is at least this; its length where none is. */
export function lowerBound(list: ArrayLike<number>, value: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The place of a value in an ascending list; -1 where it is not in it. */
export function placeOf(list: ArrayLike<number>, value: number): number {
  const at = lowerBound(list, value)
  return list[at] === value ? at : -1
}

/** The place of the value that is nearest; 0 in an empty list. */
export function nearestPlace(list: ArrayLike<number>, value: number): number {
  const at = lowerBound(list, value)
  if (at === 0) return 0
  const [before = value, after] = [list[at - 1], list[at]]
  return after !== undefined && after - value < value - before ? at : at - 1
}
