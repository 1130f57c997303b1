import { useState } from 'react'
import { byteAddress } from '../../../shared/byte-routes.ts'
import type { CameraCheck } from '../../../shared/contract/camera.ts'
import type { Tape } from '../../../shared/contract/state.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Slider } from '../ui/Slider.tsx'
import './CameraDialog.css'
import { cameraAnswers } from './camera-answers.ts'
import { moveText } from './camera-text.ts'

interface CameraDialogProps {
  check: CameraCheck
  tape: Tape
  onClose: () => void
  /** The user has decided. */
  onSettled: (decision: 'correct' | 'keep') => void
  /** What it is called to do nothing about it. */
  keepText?: string
}

/** The earlier picture over the one of now, from one to the other by a slider. */
function Scenes({ check, tape }: Pick<CameraDialogProps, 'check' | 'tape'>) {
  const { handle } = useProject()
  const [share, setShare] = useState(50)
  const at = { project: handle, tape: tape.id }
  return (
    <>
      <div className="camera-scenes">
        <img src={byteAddress.camera(at, 'now')} alt={`${tape.name}, with nobody there`} />
        <img
          className="camera-earlier"
          src={byteAddress.camera(at, 'earlier')}
          alt={`${check.earlier.name}, with nobody there`}
          style={{ opacity: 1 - share / 100 }}
        />
      </div>
      <Slider
        label={`From ${check.earlier.name} to ${tape.name}`}
        {...{ value: share, min: 0, max: 100, step: 1 }}
        onChange={setShare}
      />
    </>
  )
}

/** What following the camera would do, or why it cannot be done. */
function Advice({ check }: { check: CameraCheck }) {
  if (check.verdict === 'unclear')
    return (
      <p>
        The two pictures are too different to align them. If the camera is another one, set its
        picture on the screen Tape and draw the regions anew.
      </p>
    )
  return (
    <>
      <p>Things lie elsewhere in this tape: {moveText(check.move)}.</p>
      {check.obstacle !== null ? (
        <p>{check.obstacle}</p>
      ) : (
        <p>
          Following the camera changes the recipe so that the picture shows what it showed before.
          The regions keep their place in it, and networks trained with the old picture go on
          working.
        </p>
      )}
      {Math.abs(check.rotationLeft) > 0.2 && (
        <p>
          Without a lens the picture cannot be turned: it stays turned by{' '}
          {check.rotationLeft.toFixed(1)}°. Look at the regions afterwards.
        </p>
      )}
    </>
  )
}

/** Both pictures, how the camera has moved, and what to do about it. */
export function CameraDialog({
  check,
  tape,
  onClose,
  onSettled,
  keepText = 'Leave everything as it is',
}: CameraDialogProps) {
  const { client, handle, mode } = useProject()
  const toasts = useToasts()
  const [isBusy, setBusy] = useState(false)
  const settle = (decision: 'correct' | 'keep') => () => {
    setBusy(true)
    client
      .call(`camera.${decision}`, { project: handle, tape: tape.id })
      .then(() => {
        cameraAnswers.add()
        onSettled(decision)
      })
      .catch((error: unknown) => toasts.fail(error))
      .finally(() => setBusy(false))
  }
  const canWrite = mode === 'write' && !isBusy
  const canFollow = check.proposal !== null && check.obstacle === null
  const actions = (
    <>
      <Button disabled={!canWrite} onClick={settle('keep')}>
        {keepText}
      </Button>
      {canFollow && (
        <Button kind="primary" disabled={!canWrite} onClick={settle('correct')}>
          Follow the camera
        </Button>
      )}
    </>
  )
  return (
    <Dialog title="Has the camera moved?" size="wide" {...{ onClose, actions }}>
      <Scenes {...{ check, tape }} />
      <Advice check={check} />
    </Dialog>
  )
}
