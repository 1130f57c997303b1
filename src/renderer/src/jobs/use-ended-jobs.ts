import { useEffect, useRef } from 'react'
import type { Job } from '../../../shared/contract/jobs.ts'
import { useJobs, useToasts } from '../state/services.tsx'
import { isUnderWay, titleOf } from './job-text.ts'

const troubles = { failed: 'failed', interrupted: 'was interrupted' } as const

/**
 * Says so when a job ends that was under way while the page looked on, or that was over before the
 * page heard of it. The list of jobs does not open by itself: it would lie over what the screen
 * offers to do about it.
 */
export function useEndedJobs(jobs: readonly Job[], showTray: () => void): void {
  const toasts = useToasts()
  const store = useJobs()
  const watched = useRef(new Set<number>())
  const told = useRef(new Set<number>())
  useEffect(() => {
    for (const job of jobs) {
      const isQuick = store.isSinceOpened(job) && !told.current.has(job.id)
      if (isUnderWay(job)) watched.current.add(job.id)
      else if (watched.current.delete(job.id) || isQuick) {
        told.current.add(job.id)
        if (job.state === 'done') toasts.tell(`${titleOf(job)}: done`)
        if (job.state === 'failed' || job.state === 'interrupted')
          toasts.mention(`${titleOf(job)}: ${troubles[job.state]}`, {
            text: 'Show',
            perform: showTray,
          })
      }
    }
  }, [jobs, store, toasts, showTray])
}
