import { useEffect, useState } from 'react'
import type { AppInfo } from '../../shared/contract.ts'
import { ProjectsScreen } from './projects/ProjectsScreen.tsx'
import type { EngineClient, EngineStore } from './state/engine-store.ts'
import { useStore } from './state/use-store.ts'
import { Notice } from './ui/Notice.tsx'
import { TopBar } from './ui/TopBar.tsx'
import { Waiting } from './ui/Waiting.tsx'

function useAppInfo(client: EngineClient | null): AppInfo | null {
  const [info, setInfo] = useState<AppInfo | null>(null)
  useEffect(() => {
    // A failure shows where the list is asked for; without its version the page still works.
    client?.call('app.info', {}).then(setInfo, () => setInfo(null))
  }, [client])
  return info
}

/** The whole page: whatever the connection to the engine allows to show. */
export function App({ engine }: { engine: EngineStore }) {
  const state = useStore(engine)
  const info = useAppInfo(state.status === 'open' ? state.client : null)
  return (
    <>
      <TopBar info={info} />
      <main className="screen">
        {state.status === 'connecting' && <Waiting text="Connecting to the engine…" />}
        {state.status === 'lost' && (
          <Notice error={state.error} action="Connect again" onAction={() => void engine.open()} />
        )}
        {state.status === 'open' && <ProjectsScreen client={state.client} />}
      </main>
    </>
  )
}
