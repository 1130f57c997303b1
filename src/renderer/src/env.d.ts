/// <reference types="vite/client" />
import type { ShellBridge } from '../../shared/shell-bridge.ts'

declare global {
  interface Window {
    /** Present in the desktop shell, absent in a browser. */
    readonly maskbench?: ShellBridge
  }
}
