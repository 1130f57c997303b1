/** @file Reads some items ahead of the one that is worked on, and gives them in their order. */

/**
 * What `read` gives for each item, in the order of the items; up to `ahead` of them are being read
 * while one is worked on. A failure is thrown when its turn comes.
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  read: (item: Item) => Promise<Result>,
): AsyncIterable<Result> {
  const underWay: Promise<Result>[] = []
  for (const item of items) {
    const result = read(item)
    // Until its turn comes a failure is not unhandled.
    result.catch(() => {})
    underWay.push(result)
    const next = underWay.length > ahead ? underWay.shift() : undefined
    if (next) yield await next
  }
  for (const result of underWay) yield await result
}
