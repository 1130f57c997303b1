import './schemas-without-eval.ts'
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { ArrivalsStore } from './state/arrivals-store.ts'
import { EngineStore } from './state/engine-store.ts'
import { openTransport } from './state/open-transport.ts'
import { pageWord } from './state/page-word.ts'
import { RouteStore } from './state/route-store.ts'
import type { Services } from './state/services.tsx'
import { SettingsStore } from './state/settings-store.ts'
import { startTheme } from './state/theme.ts'
import { ToastsStore } from './state/toasts-store.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

startTheme()

// In the desktop shell a lost connection is an engine that ended: whether to start it again is the
// user's to say. A browser's connection comes back by itself.
const engine = new EngineStore(openTransport, { retry: window.maskbench === undefined })
void engine.open()

const services: Services = {
  engine,
  settings: new SettingsStore(engine),
  route: new RouteStore(),
  toasts: new ToastsStore(),
  arrivals: new ArrivalsStore(),
  page: await pageWord(),
}

createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
)
