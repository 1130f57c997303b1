/** @file The native dialogs that the page may ask for. */
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import type { ChoiceKind } from '../shared/shell-bridge.ts'

const choices: Readonly<Record<ChoiceKind, OpenDialogOptions>> = {
  tapes: {
    title: 'Open a tape',
    properties: ['openFile', 'multiSelections'],
    filters: [
      {
        name: 'Tapes and pictures',
        extensions: [
          ...['mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi', 'mpg', 'mpeg', 'ts', 'mts', 'm2ts'],
          ...['wmv', 'flv', 'mxf', 'h264', 'h265', 'hevc'],
          ...['png', 'jpg', 'jpeg', 'tif', 'tiff', 'bmp', 'webp'],
        ],
      },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  network: {
    title: 'Open a network',
    properties: ['openFile'],
    filters: [
      { name: 'Networks', extensions: ['onnx', 'pth', 'pt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: { title: 'Choose a folder', properties: ['openDirectory', 'createDirectory'] },
  project: {
    title: 'Open a project',
    message: 'Choose a folder whose name ends in .maskbench',
    properties: ['openDirectory', 'treatPackageAsDirectory'],
  },
}

/** Absolute paths of what the user chose; none where he gave up. */
export async function choose(window: BrowserWindow, kind: ChoiceKind): Promise<string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, choices[kind])
  return canceled ? [] : filePaths
}

/** The absolute path to save at; null where the user gave up. */
export async function chooseSave(window: BrowserWindow, name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: name })
  return canceled || !filePath ? null : filePath
}
