/** @file What the desktop shell's preload offers the page, and the words they share. */

/** The name under which the page finds the bridge; absent in a browser. */
export const bridgeName = 'maskbench'

/** IPC channel on which a page asks for its port to the engine, and on which it comes. */
export const portChannel = 'maskbench:port'

export interface ShellBridge {
  /**
   * Asks for a port to the engine. It comes as a window message from the page's own window:
   * `{ portFor: nonce }`, with the port transferred.
   */
  requestPort(nonce: string): void
}

export interface PortMessage {
  portFor: string
}
