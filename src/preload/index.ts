import { contextBridge, ipcRenderer, webUtils } from 'electron'
import {
  bridgeName,
  channels,
  type PortMessage,
  type ShellBridge,
  type ShellCommand,
} from '../shared/shell-bridge.ts'

// Ports cannot cross contextBridge; a window message is the documented way into the page's world:
// https://www.electronjs.org/docs/latest/tutorial/message-ports
ipcRenderer.on(channels.port, (event, nonce: string) => {
  const message: PortMessage = { portFor: nonce }
  window.postMessage(message, window.location.origin, event.ports)
})

const bridge: ShellBridge = {
  requestPort: (nonce) => ipcRenderer.send(channels.port, String(nonce)),
  choose: (kind) => ipcRenderer.invoke(channels.choose, String(kind)),
  chooseSave: (name) => ipcRenderer.invoke(channels.chooseSave, String(name)),
  pathOf: (file) => webUtils.getPathForFile(file),
  shows: (project) => ipcRenderer.invoke(channels.shows, project === null ? null : String(project)),
  openWindow: (project) =>
    ipcRenderer.send(channels.openWindow, project === null ? null : String(project)),
  cancelBytes: (id) => ipcRenderer.send(channels.cancelBytes, String(id)),
  onCommand(listener) {
    const receive = (_event: unknown, command: ShellCommand): void => listener(command)
    ipcRenderer.on(channels.command, receive)
    ipcRenderer.send(channels.ready)
    return () => ipcRenderer.off(channels.command, receive)
  },
}

contextBridge.exposeInMainWorld(bridgeName, bridge)
