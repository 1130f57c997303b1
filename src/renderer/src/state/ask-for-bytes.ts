import { requestHeader, type ShellBridge } from '../../../shared/shell-bridge.ts'

let requests = 0

/**
 * Fetches bytes of the engine (see shared/byte-routes.ts) that may be given up. A browser's server
 * notices that by itself; Electron does not tell its shell, so that the page says so.
 */
export async function askForBytes(address: string, signal?: AbortSignal): Promise<Response> {
  const { maskbench: bridge }: Window & { maskbench?: ShellBridge } = window
  if (!bridge || !signal) return fetch(address, signal ? { signal } : {})
  const id = `${performance.timeOrigin}-${requests++}`
  const giveUp = (): void => bridge.cancelBytes(id)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await fetch(address, { signal, headers: { [requestHeader]: id } })
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
