/** @file The menu: the system's usual entries, and ours, which the page performs. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { ShellCommand } from '../shared/shell-bridge.ts'

type Item = MenuItemConstructorOptions

export interface MenuActions {
  tell(command: ShellCommand): void
  openTape(): void
  openProject(): void
  newWindow(): void
  open(project: string): void
}

export interface RecentEntry {
  name: string
  path: string
}

const isMac = process.platform === 'darwin'
const separator: Item = { type: 'separator' }

/** Without its key: the user may have given it another one, and the page listens to keys itself. */
function action(label: string, name: string, actions: MenuActions): Item {
  return { label, click: () => actions.tell({ do: 'action', action: name }) }
}

function recentMenu(recent: readonly RecentEntry[], actions: MenuActions): Item {
  const submenu = recent.map(({ name, path }): Item => {
    // A single ampersand would mark a letter.
    return { label: name.replaceAll('&', '&&'), click: () => actions.open(path) }
  })
  return { label: 'Open recent', enabled: recent.length > 0, submenu }
}

function fileMenu(recent: readonly RecentEntry[], actions: MenuActions): Item {
  return {
    label: '&File',
    submenu: [
      { label: 'Open tape…', accelerator: 'CmdOrCtrl+O', click: actions.openTape },
      { label: 'Open project…', accelerator: 'CmdOrCtrl+Shift+O', click: actions.openProject },
      recentMenu(recent, actions),
      separator,
      { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
      action('All projects', 'go.projects', actions),
      separator,
      ...(isMac ? [] : [action('Settings', 'go.settings', actions), separator]),
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
}

function editMenu(actions: MenuActions): Item {
  const undo = (label: string, what: 'undo' | 'redo', accelerator: string): Item => ({
    ...{ label, accelerator, registerAccelerator: false },
    click: () => actions.tell({ do: what }),
  })
  return {
    label: '&Edit',
    submenu: [
      undo('Undo', 'undo', 'CmdOrCtrl+Z'),
      undo('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
      separator,
      ...[{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    ] as Item[],
  }
}

function viewMenu(actions: MenuActions): Item {
  return {
    label: '&View',
    submenu: [
      action('Tape', 'go.tape', actions),
      action('Regions', 'go.regions', actions),
      action('Label', 'go.label', actions),
      action('Train', 'go.train', actions),
      action('Review', 'go.review', actions),
      separator,
      action('Jobs', 'jobs.show', actions),
      separator,
      { label: 'Larger text', role: 'zoomIn' },
      { label: 'Smaller text', role: 'zoomOut' },
      { label: 'Usual size of text', role: 'resetZoom' },
      separator,
      { role: 'togglefullscreen' },
    ],
  }
}

function helpMenu(actions: MenuActions): Item {
  return {
    role: 'help',
    label: '&Help',
    submenu: [
      action('Keys of this screen', 'keys.show', actions),
      separator,
      { role: 'reload' },
      { label: 'Developer tools', role: 'toggleDevTools' },
      ...(isMac ? [] : [separator, { label: 'About Maskbench', role: 'about' } as const]),
    ],
  }
}

/** macOS' first menu, which is named after the program. */
function applicationMenu(actions: MenuActions): Item {
  const roles = ['services', 'hide', 'hideOthers', 'unhide', 'quit'] as const
  return {
    label: app.name,
    submenu: [
      { role: 'about' },
      action('Settings…', 'go.settings', actions),
      ...roles.map((role): Item => ({ role })),
    ],
  }
}

/** Builds the menu anew, with the projects opened last. */
export function setMenu(recent: readonly RecentEntry[], actions: MenuActions): void {
  const template: Item[] = [
    ...(isMac ? [applicationMenu(actions)] : []),
    fileMenu(recent, actions),
    editMenu(actions),
    viewMenu(actions),
    { role: 'windowMenu' },
    helpMenu(actions),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
