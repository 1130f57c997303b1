import icon from '../../../../resources/icon.svg'
import type { AppInfo } from '../../../shared/contract.ts'
import './TopBar.css'

/** The strip at the top: what this is, and which version of it. */
export function TopBar({ info }: { info: AppInfo | null }) {
  return (
    <header className="top-bar">
      <img className="top-bar-icon" src={icon} alt="" />
      <span className="top-bar-name">Maskbench</span>
      {info && <span className="top-bar-version">{info.version}</span>}
    </header>
  )
}
