/// <reference types="vite/client" />
import type { ShellBridge } from '../../shared/shell-bridge.ts'

declare global {
  interface Window {
    /** Present in the desktop shell, absent in a browser. */
    readonly maskbench?: ShellBridge
  }
}

declare module 'react' {
  interface CSSProperties {
    /** Custom properties that a component hands to its style sheet. */
    [property: `--${string}`]: string | number | undefined
  }
}
