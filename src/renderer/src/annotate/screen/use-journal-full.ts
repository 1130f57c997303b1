import { useSyncExternalStore } from 'react'
import type { Journal } from '../journal/journal.ts'

/** Whether so much waits for the disk that painting has to wait, too. */
export function useJournalFull(journal: Journal): boolean {
  return useSyncExternalStore(journal.subscribe, () => journal.get().isFull)
}
