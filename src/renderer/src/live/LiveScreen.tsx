import { useEffect, useMemo, useState } from 'react'
import type { LiveState } from '../../../shared/contract/live.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Panel } from '../ui/Panel.tsx'
import { sentence } from '../ui/Prose.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { AddressForm } from './AddressForm.tsx'
import { LivePane } from './LivePane.tsx'
import './LiveScreen.css'
import { LiveNumbers, LiveRegions } from './LiveSide.tsx'
import { LiveStore } from './live-store.ts'
import { isUnderWay, recordingText } from './live-text.ts'

/** A camera as it is seen now, and its recording. */
export function LiveScreen() {
  const { client, handle, mode, state } = useProject()
  const { path } = state
  const store = useMemo(() => new LiveStore(client, { handle, path }), [client, handle, path])
  useEffect(() => store.follow(), [store])
  const { state: live, isKnown, error, isBusy } = useStore(store)
  const canEdit = mode === 'write'
  const [address, setAddress] = useState('')
  // Once it has led to the camera it is needed no more.
  const isThere = live?.status === 'connected'
  useEffect(() => {
    if (isThere) setAddress('')
  }, [isThere])
  if (!isKnown) return <Waiting text="Asking for the camera…" />
  if (!isUnderWay(live))
    return (
      <Start
        {...{ live, canEdit, isBusy, error, address }}
        onAddress={setAddress}
        onConnect={(to) => void store.connect(to)}
      />
    )
  return (
    <div className="live-screen">
      <div className="live-picture">
        <LivePane live={live} />
      </div>
      <aside className="live-side" aria-label="Camera">
        <LiveNumbers live={live}>
          <Button
            kind="quiet"
            disabled={!canEdit || isBusy}
            onClick={() => void store.disconnect()}
          >
            Disconnect
          </Button>
        </LiveNumbers>
        <Recording {...{ live, canEdit, isBusy }} onRecord={(on) => void store.record(on)} />
        <LiveRegions live={live} />
        {error && (
          <Notice error={error} action="Try again" onAction={() => void store.record(true)} />
        )}
      </aside>
    </div>
  )
}

interface RecordingProps {
  live: LiveState
  canEdit: boolean
  isBusy: boolean
  onRecord: (on: boolean) => void
}

function Recording({ live, canEdit, isBusy, onRecord }: RecordingProps) {
  const isOn = live.recording !== null
  const canRecord = canEdit && !isBusy && live.status === 'connected'
  const toggle = (): void => onRecord(!isOn)
  useAction('live.record', toggle, canRecord)
  return (
    <Panel title="Record">
      <Button kind={isOn ? 'danger' : 'primary'} disabled={!canRecord} onClick={toggle}>
        {isOn ? 'End the recording' : 'Record a tape'}
      </Button>
      <p className="live-quiet" role="status">
        {recordingText(live) ||
          'What the camera sends is written to a file in the project’s folder, and then added as a tape.'}
      </p>
    </Panel>
  )
}

interface StartProps {
  live: LiveState | null
  canEdit: boolean
  isBusy: boolean
  error: AppError | null
  address: string
  onAddress: (address: string) => void
  onConnect: (address: string) => void
}

/** Before a camera is connected, and after: where it is, and why it could not be reached. */
function Start({ live, error, ...form }: StartProps) {
  const { canEdit } = form
  const failure = live?.status === 'failed' ? live.error : null
  const wrongAddress =
    error?.code === 'bad-address' ? `${sentence(error.message)} ${error.hint}` : null
  const other = error && !wrongAddress ? error : failure
  return (
    <section className="live-start">
      <h2 className="live-title">Look at a camera</h2>
      <p>
        See what the network sees right now: people in the picture, and the state of every region.
        What you see can be recorded as a tape.
      </p>
      {other && (
        <div className="live-problem" role="alert">
          <p>{sentence(other.message)}</p>
          <p>{other.hint}</p>
        </div>
      )}
      {live?.recorded && (
        <p className="live-quiet" role="status">
          {recordingText(live)}
        </p>
      )}
      <AddressForm {...form} error={wrongAddress} />
      {!canEdit && (
        <p className="live-quiet">The project is read-only here: another window has it open.</p>
      )}
    </section>
  )
}
