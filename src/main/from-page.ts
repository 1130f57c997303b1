/** @file The one way by which messages of the page come in: who sent them, and what they hold. */
import {
  BrowserWindow,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  type WebFrameMain,
} from 'electron'
import type { z } from 'zod'
import { developmentUrl } from './development.ts'
import { isPageAddress } from './page-address.ts'

/** Our own page, as the sender of a message. */
export interface Sender {
  frame: WebFrameMain
  window: BrowserWindow
}

/** Null for a frame inside the page, and for a page of any other address. */
function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): Sender | null {
  const frame = event.senderFrame
  const window = BrowserWindow.fromWebContents(event.sender)
  if (!frame || !window || frame !== event.sender.mainFrame) return null
  return isPageAddress(frame.url, developmentUrl) ? { frame, window } : null
}

/** The sender and the value, or null: then the message is refused. */
function accept<Value>(
  channel: string,
  event: IpcMainEvent | IpcMainInvokeEvent,
  schema: z.ZodType<Value>,
  raw: unknown,
): { sender: Sender; value: Value } | null {
  const sender = senderOf(event)
  const parsed = schema.safeParse(raw)
  if (sender && parsed.success) return { sender, value: parsed.data }
  console.error(`refused a message on ${channel} from ${event.senderFrame?.url}`)
  return null
}

/** Listens to one channel, to our own page alone; a value that does not fit the schema is dropped. */
export function onFromPage<Value>(
  channel: string,
  schema: z.ZodType<Value>,
  listener: (sender: Sender, value: Value) => void,
): void {
  ipcMain.on(channel, (event, raw: unknown) => {
    const accepted = accept(channel, event, schema, raw)
    if (accepted) listener(accepted.sender, accepted.value)
  })
}

/** Answers one channel, to our own page alone; what is refused throws in the page. */
export function answerPage<Value>(
  channel: string,
  schema: z.ZodType<Value>,
  answer: (sender: Sender, value: Value) => unknown,
): void {
  ipcMain.handle(channel, (event, raw: unknown) => {
    const accepted = accept(channel, event, schema, raw)
    if (!accepted) throw new Error('refused')
    return answer(accepted.sender, accepted.value)
  })
}
