import { contextBridge, ipcRenderer } from 'electron'
import {
  bridgeName,
  type PortMessage,
  portChannel,
  type ShellBridge,
} from '../shared/shell-bridge.ts'

// Ports cannot cross contextBridge; a window message is the documented way into the page's world:
// https://www.electronjs.org/docs/latest/tutorial/message-ports
ipcRenderer.on(portChannel, (event, nonce: string) => {
  const message: PortMessage = { portFor: nonce }
  window.postMessage(message, window.location.origin, event.ports)
})

const bridge: ShellBridge = {
  requestPort: (nonce) => ipcRenderer.send(portChannel, String(nonce)),
}

contextBridge.exposeInMainWorld(bridgeName, bridge)
