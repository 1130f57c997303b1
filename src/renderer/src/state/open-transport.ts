/** @file The page's wire to the engine: a port from the desktop shell, or a WebSocket. */
import { AppError } from '../../../shared/errors.ts'
import type { ShellBridge } from '../../../shared/shell-bridge.ts'
import type { Transport } from '../../../shared/transport.ts'
import { portTransport } from '../../../shared/transport-port.ts'
import { socketTransport } from '../../../shared/transport-socket.ts'

/** The nonce ties the port to this very request; a message from another window is not the shell's. */
function requestPort(bridge: ShellBridge): Promise<MessagePort> {
  const nonce = crypto.randomUUID()
  return new Promise((resolve) => {
    const receive = ({ source, data, ports }: MessageEvent): void => {
      const [port] = ports
      if (source !== window || data?.portFor !== nonce || !port) return
      window.removeEventListener('message', receive)
      resolve(port)
    }
    window.addEventListener('message', receive)
    bridge.requestPort(nonce)
  })
}

function noAnswer(): AppError {
  return new AppError(
    'disconnected',
    'the engine does not answer',
    'Check that "maskbench serve" still runs, and open the address that it prints.',
  )
}

function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${window.location.host}/rpc`)
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(noAnswer())
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('error', fail, { once: true })
    // A socket that is closed before it is open need not tell of an error.
    socket.addEventListener('close', fail, { once: true })
  })
}

/** Opens the wire. Throws `disconnected` when there is nobody at its other end. */
export async function openTransport(): Promise<Transport> {
  const bridge = window.maskbench
  return bridge ? portTransport(await requestPort(bridge)) : socketTransport(await openSocket())
}
