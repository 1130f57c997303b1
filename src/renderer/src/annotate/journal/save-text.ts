import { count } from '../../format.ts'
import type { JournalState } from './journal.ts'

/** What is said of the way to the disk. */
export function saveText({ status, pending, refused, isFull }: JournalState): string {
  if (status === 'waiting') {
    const unsaved = `Not saved: ${count(pending, 'stroke')} in memory`
    return isFull ? `${unsaved}, and no room for more` : unsaved
  }
  if (refused > 0) return `${count(refused, 'stroke')} could not be saved`
  return status === 'saving' ? 'Saving…' : 'Saved'
}
