/** @file Light or dark, as the user or the system wants it. */
import type { UserSettings } from '../../../shared/contract/settings.ts'

type Theme = UserSettings['theme']

const storedAs = 'maskbench:theme'
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')

function read(): Theme {
  const kept = localStorage.getItem(storedAs)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

function show(): void {
  const theme = read()
  const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

/** Shows the theme of the last visit at once, before the engine has told the settings. */
export function startTheme(): void {
  show()
  systemIsDark.addEventListener('change', show)
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(storedAs, theme)
  show()
}
