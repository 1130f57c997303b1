import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { IconButton } from './IconButton.tsx'
import './Menu.css'
import { useLeave } from './use-leave.ts'

export interface MenuItem {
  text: string
  icon?: ReactNode
  /** Drawn as what takes something away. */
  isDanger?: boolean
  disabled?: boolean
  perform: () => void
}

interface MenuProps {
  /** Name of the button that opens it. */
  label: string
  icon: ReactNode
  items: readonly MenuItem[]
}

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** A button that opens a list of commands; arrows go through them, Escape closes it. */
export function Menu({ label, icon, items }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const button = (): HTMLButtonElement | null => root.current?.querySelector('button') ?? null
  const close = (): void => {
    setOpen(false)
    button()?.focus()
  }
  useLeave(root, isOpen, () => setOpen(false))
  useEffect(() => {
    if (isOpen) list.current?.querySelector('button')?.focus()
  }, [isOpen])
  const move = (event: KeyboardEvent): void => {
    const entries = [...(list.current?.querySelectorAll('button') ?? [])]
    const step = steps[event.key]
    if (event.key === 'Tab') close()
    if (!step) return
    event.preventDefault()
    const here = entries.findIndex((entry) => entry.matches(':focus'))
    entries[step(here, entries.length)]?.focus()
  }
  return (
    <div className="menu" ref={root}>
      <IconButton
        label={label}
        icon={icon}
        side="left"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <div
          className="menu-list"
          ref={list}
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={move}
        >
          {items.map((item) => (
            <button
              type="button"
              role="menuitem"
              key={item.text}
              className="menu-item"
              data-danger={item.isDanger}
              disabled={item.disabled}
              onClick={() => {
                close()
                item.perform()
              }}
            >
              {item.icon}
              {item.text}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
