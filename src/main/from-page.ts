import { type IpcMainEvent, ipcMain, type WebFrameMain } from 'electron'
import { developmentUrl } from './development.ts'
import { isPageAddress } from './page-address.ts'

function pageFrame(event: IpcMainEvent): WebFrameMain | null {
  const frame = event.senderFrame
  if (!frame || frame !== event.sender.mainFrame) return null
  return isPageAddress(frame.url, developmentUrl) ? frame : null
}

/**
 * Listens to one channel, to our own page alone: a message from a frame inside it or from any other
 * address is dropped. `value` is not checked yet.
 */
export function onFromPage(
  channel: string,
  listener: (frame: WebFrameMain, value: unknown) => void,
): void {
  ipcMain.on(channel, (event, value: unknown) => {
    const frame = pageFrame(event)
    if (frame) listener(frame, value)
    else console.error(`refused a message on ${channel} from ${event.senderFrame?.url}`)
  })
}
