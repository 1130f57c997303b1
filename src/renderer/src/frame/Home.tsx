import { type ReactNode, useEffect, useState } from 'react'
import icon from '../../../../resources/icon.svg'
import type { AppInfo } from '../../../shared/contract.ts'
import { formatRoute } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { SettingsIcon } from '../ui/icons.tsx'
import { ArrivedTape } from './ArrivedTape.tsx'
import './Home.css'
import { useHomeKeys } from './use-screen-keys.ts'

function useAppInfo(): AppInfo | null {
  const { engine } = useServices()
  const { status } = useStore(engine)
  const [info, setInfo] = useState<AppInfo | null>(null)
  useEffect(() => {
    // Without its version the page still works.
    if (status === 'open') engine.client.call('app.info', {}).then(setInfo, () => setInfo(null))
  }, [engine, status])
  return info
}

/** The page while no project is open: what it is, and its settings. */
export function Home({ children }: { children: ReactNode }) {
  const { route } = useServices()
  const info = useAppInfo()
  const here = useStore(route)
  useHomeKeys()
  const isSettings = here.screen === 'settings'
  return (
    <div className="home">
      <header className="home-bar">
        <a className="home-name" href="#/">
          <img src={icon} alt="" />
          Maskbench
        </a>
        {info && <span className="home-version">{info.version}</span>}
        <span className="home-space" />
        <a
          className="button button-quiet"
          href={isSettings ? '#/' : formatRoute({ ...here, project: null, screen: 'settings' })}
        >
          <SettingsIcon />
          {isSettings ? 'Back to the projects' : 'Settings'}
        </a>
      </header>
      {children}
      <ArrivedTape />
    </div>
  )
}
