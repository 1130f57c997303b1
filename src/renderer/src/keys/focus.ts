/** @file Which keys belong to what has the focus, and are no actions then. */

const textInputs =
  'textarea, select, [contenteditable="true"], input:not([type="range"]):not([type="checkbox"]):not([type="radio"]):not([type="color"])'

/** Elements with the keys that they use themselves. */
const ownKeys: readonly [string, readonly string[]][] = [
  ['button, a[href], summary, [role="button"], [role="menuitem"]', ['Enter', ' ']],
  ['input[type="checkbox"], [role="option"], [role="switch"]', ['Enter', ' ']],
  [
    'input[type="range"], input[type="radio"], [role="slider"], [role="listbox"], [role="menu"], [role="menuitem"], [role="grid"], [role="tab"]',
    ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', ' '],
  ],
]

/** Whether the key is for the element in focus, or for an open dialog. */
export function isTakenByFocus(event: KeyboardEvent): boolean {
  const { target, key } = event
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof Element)) return false
  // With Ctrl a text field keeps its own undo, copy and paste.
  if (target.closest(textInputs)) return true
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  return ownKeys.some(([selector, keys]) => keys.includes(key) && target.closest(selector) !== null)
}
