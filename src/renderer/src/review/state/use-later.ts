import { startTransition, useEffect, useState } from 'react'
import type { Store } from '../../state/store.ts'

/** The store's value, a little later: what it changes is rendered when there is time. */
export function useLater<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(store.get)
  useEffect(() => {
    const read = (): void => startTransition(() => setValue(store.get))
    read()
    return store.subscribe(read)
  }, [store])
  return value
}
