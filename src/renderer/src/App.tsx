import { useEffect, useMemo } from 'react'
import { ConnectionBanner } from './frame/banners.tsx'
import { Home } from './frame/Home.tsx'
import { Outside } from './frame/Outside.tsx'
import { ProjectFrame } from './frame/ProjectFrame.tsx'
import { UnsavedElsewhere, useSafety } from './frame/UnsavedBanner.tsx'
import { KeyDispatcher } from './keys/dispatcher.ts'
import { KeysContext } from './keys/use-action.ts'
import { ProjectsScreen } from './projects/ProjectsScreen.tsx'
import { SettingsScreen } from './settings/SettingsScreen.tsx'
import { type Services, ServicesContext } from './state/services.tsx'
import { setTheme } from './state/theme.ts'
import { useStore } from './state/use-store.ts'
import { Notice } from './ui/Notice.tsx'
import { Toasts } from './ui/Toasts.tsx'
import { Waiting } from './ui/Waiting.tsx'

/** What the address names, once there has been a connection. */
function Place({ services }: { services: Services }) {
  const { project, screen } = useStore(services.route)
  if (project !== null) return <ProjectFrame key={project} path={project} />
  return (
    <Home>
      <ConnectionBanner />
      <UnsavedElsewhere />
      {screen === 'settings' ? <SettingsScreen /> : <ProjectsScreen />}
    </Home>
  )
}

/** Until there is a connection: that it is on its way, or why there is none. */
function Connecting({ services }: { services: Services }) {
  const { engine } = services
  const state = useStore(engine)
  return (
    <Home>
      <main className="home-screen">
        {state.status === 'lost' ? (
          <Notice error={state.error} action="Connect again" onAction={() => void engine.open()} />
        ) : (
          <Waiting text="Connecting to the engine…" />
        )}
      </main>
    </Home>
  )
}

/** The whole page. */
export function App({ services }: { services: Services }) {
  const { engine, route, settings } = services
  const connection = useStore(engine)
  const chosen = useStore(settings)
  const dispatcher = useMemo(() => new KeyDispatcher(), [])
  const { theme, keyPreset, keys } = chosen
  useSafety()
  useEffect(() => settings.follow(), [settings])
  useEffect(() => route.follow(), [route])
  useEffect(() => dispatcher.listen(window), [dispatcher])
  useEffect(() => dispatcher.setKeys({ keyPreset, keys }), [dispatcher, keyPreset, keys])
  useEffect(() => setTheme(theme), [theme])
  const keysContext = useMemo(
    () => ({ dispatcher, settings: { keyPreset, keys } }),
    [dispatcher, keyPreset, keys],
  )
  return (
    <ServicesContext.Provider value={services}>
      <KeysContext.Provider value={keysContext}>
        {connection.status === 'open' || engine.hasBeenOpen ? (
          <Place services={services} />
        ) : (
          <Connecting services={services} />
        )}
        <Outside />
        <Toasts />
      </KeysContext.Provider>
    </ServicesContext.Provider>
  )
}
