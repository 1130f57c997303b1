import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { ActionName } from './actions.ts'
import { KeyDispatcher } from './dispatcher.ts'
import { defaultKeySettings, type KeySettings, keysOf } from './key-map.ts'

export interface Keys {
  dispatcher: KeyDispatcher
  settings: KeySettings
}

export const KeysContext = createContext<Keys>({
  dispatcher: new KeyDispatcher(),
  settings: defaultKeySettings,
})

/**
 * Does something when the user presses a key of the action. Of several mounted handlers the last one
 * gets it; one that is not enabled lets the others have it. The latest handler is called: it need not
 * be memoised.
 */
export function useAction(name: ActionName, handler: () => void, enabled = true): void {
  const { dispatcher } = useContext(KeysContext)
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(
    () => (enabled ? dispatcher.add(name, { press: () => latest.current() }) : undefined),
    [dispatcher, name, enabled],
  )
}

/** Whether the key of a held action is down, and a function told whenever that changes. */
export function useHeldAction(
  name: ActionName,
  onChange?: (isHeld: boolean) => void,
  enabled = true,
): boolean {
  const { dispatcher } = useContext(KeysContext)
  const [isHeld, setHeld] = useState(false)
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    if (!enabled) return
    const change = (next: boolean): void => {
      setHeld(next)
      latest.current?.(next)
    }
    return dispatcher.add(name, { press: () => change(true), release: () => change(false) })
  }, [dispatcher, name, enabled])
  return isHeld
}

/** The chords of an action, as the user has them now. */
export function useKeysOf(name: ActionName): readonly string[] {
  return keysOf(name, useContext(KeysContext).settings)
}
