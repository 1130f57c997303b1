/** @file What the desktop shell's preload offers the page, and the words they share. */

/** The name under which the page finds the bridge; absent in a browser. */
export const bridgeName = 'maskbench'

/** IPC channels between preload and shell, one for each thing that is said. */
export const channels = {
  /** The page asks for its port to the engine; on the same one it comes. */
  port: 'maskbench:port',
  choose: 'maskbench:choose',
  chooseSave: 'maskbench:choose-save',
  shows: 'maskbench:shows',
  openWindow: 'maskbench:open-window',
  cancelBytes: 'maskbench:cancel-bytes',
  /** The page listens to commands from now on. */
  ready: 'maskbench:ready',
  command: 'maskbench:command',
} as const

/** What a native dialog may ask for. */
export const choiceKinds = ['tapes', 'network', 'folder', 'project'] as const

export type ChoiceKind = (typeof choiceKinds)[number]

/** What the menu, or a file opened from outside, asks of the page. */
export type ShellCommand =
  /** An action by its name in the page's table of keys. */
  | { do: 'action'; action: string }
  /** In a text field the field's own, elsewhere that of the screen. */
  | { do: 'undo' | 'redo' }
  | { do: 'open-project'; path: string }
  | { do: 'open-tape'; path: string }

/** The header by which the page can name a request below /bytes/ that it may give up. */
export const requestHeader = 'x-maskbench-request'

export interface ShellBridge {
  /**
   * Asks for a port to the engine. It comes as a window message from the page's own window:
   * `{ portFor: nonce }`, with the port transferred. An engine that has stopped is started again.
   */
  requestPort(nonce: string): void
  /** Shows a dialog to open something; absolute paths, none where the user gave up. */
  choose(kind: ChoiceKind): Promise<string[]>
  /** Shows a dialog to save a file; null where the user gave up. */
  chooseSave(suggestedName: string): Promise<string | null>
  /** Absolute path of a file that was dropped on the page; empty where it has none. */
  pathOf(file: File): string
  /**
   * Says which project the window shows: its title, its remembered place, the recent documents. Answers
   * false where another window shows it already; that one comes to the front.
   */
  shows(project: string | null): Promise<boolean>
  /** Opens another window: on a project (or brings its window to the front), or on the list of them. */
  openWindow(project: string | null): void
  /** Gives a request up that carries the id in `requestHeader`. */
  cancelBytes(id: string): void
  /**
   * Listens to commands; those that came before anybody listened come at once. Returns the function
   * that ends it.
   */
  onCommand(listener: (command: ShellCommand) => void): () => void
}

export interface PortMessage {
  portFor: string
}
