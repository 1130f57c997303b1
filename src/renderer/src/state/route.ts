/** @file Where the page is, as its address says it after the `#`. */

export const screenNames = [
  'projects',
  'settings',
  'tape',
  'regions',
  'label',
  'datasets',
  'experiments',
  'train',
  'review',
  'live',
] as const

export type ScreenName = (typeof screenNames)[number]

export interface Route {
  /** Folder of the open project; null = none is open. */
  project: string | null
  screen: ScreenName
  /** Where the frame cursor is; null = at the first tape. */
  tape: number | null
  frame: number
}

const start: Route = { project: null, screen: 'projects', tape: null, frame: 0 }

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    // An address that somebody has mistyped leads to the list of projects.
    return null
  }
}

/** `#/project/FOLDER/SCREEN/TAPE/FRAME`, `#/settings`; whatever else is the list of projects. */
export function parseRoute(hash: string): Route {
  const [, first, folder, name, tape, frame] = hash.split('/')
  if (first === 'settings') return { ...start, screen: 'settings' }
  const project = first === 'project' && folder ? decode(folder) : null
  if (project === null) return start
  const screen = screenNames.find((known) => known === name && known !== 'projects') ?? 'label'
  return { project, screen, tape: wholeNumber(tape), frame: wholeNumber(frame) ?? 0 }
}

/** The inverse of `parseRoute`. */
export function formatRoute({ project, screen, tape, frame }: Route): string {
  if (project === null) return screen === 'settings' ? '#/settings' : '#/'
  const place = tape === null ? [] : [tape, frame]
  return ['#/project', encodeURIComponent(project), screen, ...place].join('/')
}
