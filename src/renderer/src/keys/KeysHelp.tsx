import type { ScreenName } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { KeysOf } from '../ui/Keycap.tsx'
import { type ActionGroup, actionGroups, type KeyScreen } from './action.ts'
import { type ActionName, actionNames, actions, gestures } from './actions.ts'
import './KeysHelp.css'

function isOn(screen: ScreenName, screens: readonly KeyScreen[] | undefined): boolean {
  return !screens || screens.some((name) => name === screen)
}

function Rows({ group, screen }: { group: ActionGroup; screen: ScreenName }) {
  const names = actionNames.filter(
    (name) => actions[name].group === group && isOn(screen, actions[name].screens),
  )
  const pointed = gestures.filter((one) => one.group === group && isOn(screen, one.screens))
  if (names.length + pointed.length === 0) return null
  return (
    <section className="keys-group">
      <h3>{group}</h3>
      <dl>
        {names.map((name: ActionName) => (
          <div className="keys-row" key={name}>
            <dt>{actions[name].title}</dt>
            <dd>
              <KeysOf action={name} />
            </dd>
          </div>
        ))}
        {pointed.map(({ title, gesture }) => (
          <div className="keys-row" key={title}>
            <dt>{title}</dt>
            <dd className="keys-gesture">{gesture}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface KeysHelpProps {
  screen: ScreenName
  onClose: () => void
}

/** The keys of a screen, as the user has them. */
export function KeysHelp({ screen, onClose }: KeysHelpProps) {
  const { route } = useServices()
  const change = (): void => {
    onClose()
    route.show('settings')
  }
  return (
    <Dialog
      title="Keys of this screen"
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={change}>Change keys…</Button>
          <Button kind="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="keys-groups">
        {actionGroups.map((group) => (
          <Rows key={group} group={group} screen={screen} />
        ))}
      </div>
    </Dialog>
  )
}
