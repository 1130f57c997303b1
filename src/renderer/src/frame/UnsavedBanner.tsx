import { useEffect, useMemo } from 'react'
import { saveText } from '../annotate/journal/save-text.ts'
import {
  allSessions,
  hasUnsavedWork,
  type LabelSession,
  sessionOf,
} from '../annotate/session/label-session.ts'
import type { RegionsSaver } from '../roi/regions-saver.ts'
import { hasUnsavedRegions, regionsSaverOf, useSending } from '../roi/use-regions.ts'
import { useProject } from '../state/project-context.tsx'
import type { ScreenName } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { Banner } from './banners.tsx'

/** Keeps the page from being closed while something of any project is in memory alone. */
export function useSafety(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (hasUnsavedWork() || hasUnsavedRegions()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}

function Strokes({ session, isSaid }: { session: LabelSession; isSaid: boolean }) {
  const { times } = useProject()
  const { journal } = session
  const state = useStore(journal)
  const { status, problem, refused } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: the engine is back, and has the project open.
  useEffect(() => journal.retry(), [journal, times])
  if (isSaid || (status !== 'waiting' && refused === 0)) return null
  const action =
    status === 'waiting' ? (
      <Button onClick={() => journal.retry()}>Try again</Button>
    ) : (
      <Button onClick={() => journal.dismiss()}>Put away</Button>
    )
  return (
    <Banner role="alert" icon={<WarningIcon />} action={action}>
      <b>{saveText(state)}.</b>{' '}
      {problem && <Prose text={`${sentence(problem.message)} ${problem.hint}`} />}
    </Banner>
  )
}

function Regions({ saver, isSaid }: { saver: RegionsSaver; isSaid: boolean }) {
  const { state, error } = useStore(saver)
  useSending(saver)
  if (isSaid || state !== 'failed') return null
  const action = <Button onClick={() => saver.save()}>Try again</Button>
  return (
    <Banner role="alert" icon={<WarningIcon />} action={action}>
      <b>The regions are not saved yet.</b>{' '}
      {error && <Prose text={`${sentence(error.message)} ${error.hint}`} />}
    </Banner>
  )
}

function StrokesElsewhere({ session }: { session: LabelSession }) {
  const { route } = useServices()
  const state = useStore(session.journal)
  const { name, path } = session.about
  if (state.status !== 'waiting') return null
  const action = <Button onClick={() => route.openProject(path, 'label')}>Open {name}</Button>
  return (
    <Banner role="alert" icon={<WarningIcon />} action={action}>
      <b>
        {name}: {saveText(state)}.
      </b>{' '}
      Open the project again to save what was painted.
    </Banner>
  )
}

/** Says what is not on the disk of projects that are not open. */
export function UnsavedElsewhere() {
  return allSessions().map((session) => (
    <StrokesElsewhere key={session.about.path} session={session} />
  ))
}

/**
 * Takes care of what is not on the disk, whatever screen is shown, and says so; but not twice, where the
 * screen itself says it.
 */
export function UnsavedBanner({ screen }: { screen: ScreenName }) {
  const project = useProject()
  const session = useMemo(() => sessionOf(project), [project])
  const saver = regionsSaverOf(project.state.path)
  return (
    <>
      <Strokes session={session} isSaid={screen === 'label'} />
      {saver && <Regions saver={saver} isSaid={screen === 'regions'} />}
    </>
  )
}
