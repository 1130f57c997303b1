/** `street` in `/data`: the path of it, as the engine's machine writes paths. */
export function joinedPath(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return `${folder.trim().replace(/[\\/]+$/, '')}${separator}${name.trim()}`
}
