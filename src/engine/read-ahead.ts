/** @file Reads some items ahead of the one that is worked on, and gives them in their order. */

/**
 * What `read` gives for each item, in the order of the items; up to `ahead` of them are being read
 * while one is worked on. A failure is thrown when its turn comes; nothing is being read any more when
 * this ends, however it does.
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  ahead: number,
  read: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  try {
    for await (const item of items) {
      const result = read(item)
      // Until its turn comes a failure is not unhandled.
      result.catch(() => {})
      underWay.push(result)
      if (underWay.length <= ahead) continue
      const [next] = underWay
      if (next) yield await next
      underWay.shift()
    }
    for (let next = underWay[0]; next; next = underWay[0]) {
      yield await next
      underWay.shift()
    }
  } finally {
    await Promise.allSettled(underWay)
  }
}
