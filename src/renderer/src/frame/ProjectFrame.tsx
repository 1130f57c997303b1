import { useEffect, useMemo } from 'react'
import { LabelScreen } from '../annotate/LabelScreen.tsx'
import { CameraBanner } from '../camera/CameraBanner.tsx'
import { DatasetsScreen } from '../datasets/DatasetsScreen.tsx'
import { ExperimentsScreen } from '../experiments/ExperimentsScreen.tsx'
import { LiveScreen } from '../live/LiveScreen.tsx'
import { ReviewScreen } from '../review/ReviewScreen.tsx'
import { RegionsScreen } from '../roi/RegionsScreen.tsx'
import { SettingsScreen } from '../settings/SettingsScreen.tsx'
import { FrameCursorContext, FrameCursorStore } from '../state/frame-cursor.ts'
import { JobsStore } from '../state/jobs-store.ts'
import { ProjectContext } from '../state/project-context.tsx'
import { ProjectStore } from '../state/project-store.ts'
import type { ScreenName } from '../state/route.ts'
import { JobsContext, useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { TapeScreen } from '../tape/TapeScreen.tsx'
import { TrainScreen } from '../train/TrainScreen.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { ArrivedTapeInProject } from './ArrivedTape.tsx'
import { ConnectionBanner, ReadOnlyBanner } from './banners.tsx'
import { UnsavedBanner } from './UnsavedBanner.tsx'
import './ProjectFrame.css'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { useFrameKeys } from './use-frame-keys.ts'
import { useScreenKeys } from './use-screen-keys.ts'

/** The stores of one open project, alive as long as its frame is. */
function useProjectStores(path: string) {
  const { engine, route, page } = useServices()
  const stores = useMemo(() => {
    const project = new ProjectStore(engine, path, page)
    const { tape, frame } = route.get()
    return {
      project,
      jobs: new JobsStore(engine.client, project),
      cursor: new FrameCursorStore({ tape, frame }),
    }
  }, [engine, route, page, path])
  useEffect(() => stores.project.follow(), [stores])
  useEffect(() => stores.jobs.follow(), [stores])
  useEffect(() => stores.cursor.subscribe(() => route.keep(stores.cursor.get())), [stores, route])
  useEffect(
    () =>
      // Back, forward and an edited address move the cursor.
      route.subscribe(() => {
        const { project, tape, frame } = route.get()
        if (project === path) stores.cursor.go({ tape, frame })
      }),
    [stores, route, path],
  )
  return stores
}

const titles: Readonly<Record<ScreenName, string>> = {
  projects: 'Projects',
  settings: 'Settings',
  tape: 'Tape',
  regions: 'Regions',
  label: 'Label',
  datasets: 'Datasets',
  experiments: 'Experiments',
  train: 'Train',
  review: 'Review',
  live: 'Live',
}

function Screen({ screen }: { screen: ScreenName }) {
  if (screen === 'tape') return <TapeScreen />
  if (screen === 'regions') return <RegionsScreen />
  if (screen === 'label') return <LabelScreen />
  if (screen === 'datasets') return <DatasetsScreen />
  if (screen === 'experiments') return <ExperimentsScreen />
  if (screen === 'settings') return <SettingsScreen />
  if (screen === 'train') return <TrainScreen />
  if (screen === 'review') return <ReviewScreen />
  if (screen === 'live') return <LiveScreen />
  return null
}

const withFrames: readonly ScreenName[] = ['tape', 'regions', 'label']

function Content({ screen }: { screen: ScreenName }) {
  useScreenKeys()
  useFrameKeys(withFrames.includes(screen))
  return (
    <main className="project-screen" aria-label={titles[screen]}>
      <Screen screen={screen} />
    </main>
  )
}

/** An open project: the rail, the strip above, and the screen that the address names. */
export function ProjectFrame({ path }: { path: string }) {
  const { engine, route } = useServices()
  const { screen } = useStore(route)
  const { project, jobs, cursor } = useProjectStores(path)
  const { opened, times, state, error } = useStore(project)
  const context = useMemo(
    () =>
      opened &&
      state && {
        client: engine.client,
        store: project,
        handle: opened.project,
        mode: opened.mode,
        times,
        state,
      },
    [engine, project, opened, times, state],
  )
  const cursorContext = useMemo(
    () => ({ store: cursor, tapes: state?.tapes ?? [] }),
    [cursor, state],
  )
  useEffect(() => {
    document.title = state ? `${state.name} – Maskbench` : 'Maskbench'
    return () => {
      document.title = 'Maskbench'
    }
  }, [state])
  const notice = error && (
    <Notice error={error} action="Try again" onAction={() => void project.open()} />
  )
  if (!context || !opened)
    return (
      <div className="project-frame">
        <Rail />
        <main className="project-opening">
          <ConnectionBanner />
          {notice ?? <Waiting text="Opening the project…" />}
        </main>
      </div>
    )
  return (
    <ProjectContext.Provider value={context}>
      <JobsContext.Provider value={jobs}>
        <FrameCursorContext.Provider value={cursorContext}>
          <div className="project-frame">
            <Rail />
            <div className="project-column">
              <TopBar />
              <ConnectionBanner />
              <ReadOnlyBanner opened={opened} onTryAgain={() => void project.open()} />
              <UnsavedBanner screen={screen} />
              <CameraBanner />
              {notice}
              <Content screen={screen} />
              <ArrivedTapeInProject />
            </div>
          </div>
        </FrameCursorContext.Provider>
      </JobsContext.Provider>
    </ProjectContext.Provider>
  )
}
