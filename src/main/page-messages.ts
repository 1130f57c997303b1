/** @file What the page may ask of the shell; see shared/shell-bridge.ts. */
import { MessageChannelMain } from 'electron'
import { z } from 'zod'
import { channels, choiceKinds } from '../shared/shell-bridge.ts'
import { choose, chooseSave } from './dialogs.ts'
import type { Engine } from './engine.ts'
import { answerPage, onFromPage } from './from-page.ts'
import type { PageRequests } from './page-requests.ts'
import type { Windows } from './windows.ts'

/** A nonce, an id, a file's name: far longer than any of them. */
const wordSchema = z.string().max(1000)
const projectSchema = z.string().min(1).max(10_000).nullable()

export interface PageMessages {
  engine: Engine
  windows: Windows
  requests: PageRequests
  /** A project has been opened in a window. */
  onProjectShown(): void
}

export function listenToPages({ engine, windows, requests, onProjectShown }: PageMessages): void {
  onFromPage(channels.port, wordSchema, ({ frame }, nonce) => {
    const { port1, port2 } = new MessageChannelMain()
    void engine.join(port1)
    frame.postMessage(channels.port, nonce, [port2])
  })
  onFromPage(channels.cancelBytes, wordSchema, (_, id) => requests.cancel(id))
  onFromPage(channels.openWindow, projectSchema, (_, project) => void windows.open(project))
  onFromPage(channels.ready, z.undefined(), ({ window }) => windows.ready(window))
  answerPage(channels.choose, z.enum(choiceKinds), ({ window }, kind) => choose(window, kind))
  answerPage(channels.chooseSave, wordSchema, ({ window }, name) => chooseSave(window, name))
  answerPage(channels.shows, projectSchema, ({ window }, project) => {
    const isShown = windows.shows(window, project)
    if (isShown && project !== null) onProjectShown()
    return isShown
  })
}
