import './schemas-without-eval.ts'
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { EngineStore } from './state/engine-store.ts'
import { openTransport } from './state/open-transport.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const engine = new EngineStore(openTransport)
void engine.open()

createRoot(root).render(
  <StrictMode>
    <App engine={engine} />
  </StrictMode>,
)
