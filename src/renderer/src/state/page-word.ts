/** @file The page's own word, by which the engine knows it again after a reload. */

const storedAs = 'maskbench:page'

/** How long a page that is just being reloaded may take to let go of its word. */
const patienceMs = 800

/** 128 random bits; `crypto.randomUUID` is missing where the page comes from another machine. */
function newWord(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload'
}

/** Keeps the word until the page goes. Returns whether it is this page's alone. */
function claim(word: string): Promise<boolean> {
  // Locks are missing where the page comes from another machine, too.
  if (!('locks' in navigator)) return Promise.resolve(wasReloaded())
  return new Promise((resolve) => {
    const forEver = (): Promise<never> => {
      resolve(true)
      return new Promise(() => {})
    }
    navigator.locks
      .request(`maskbench:${word}`, { signal: AbortSignal.timeout(patienceMs) }, forEver)
      .catch(() => resolve(false))
  })
}

/**
 * The word of this tab, kept over a reload. A tab that was duplicated got a copy of it and takes
 * another: two pages with one word would both write.
 */
export async function pageWord(): Promise<string> {
  const kept = sessionStorage.getItem(storedAs)
  if (kept !== null && (await claim(kept))) return kept
  const word = newWord()
  sessionStorage.setItem(storedAs, word)
  await claim(word)
  return word
}
