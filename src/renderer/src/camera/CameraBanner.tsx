import { useState } from 'react'
import { Banner } from '../frame/banners.tsx'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { CameraDialog } from './CameraDialog.tsx'
import { cameraAnswers } from './camera-answers.ts'
import { verdictText } from './camera-text.ts'

/**
 * Says that the camera of the tape in view does not stand where it stood when the regions were drawn,
 * before anything is counted by them.
 */
export function CameraBanner() {
  const { client, handle, state } = useProject()
  const { tape } = useFrameCursor()
  const [isOpen, setOpen] = useState(false)
  const answered = useStore(cameraAnswers)
  const canTell = tape !== null && !tape.missing && state.recipe !== null
  const key = canTell ? [handle, tape.id, state.recipe?.geometryHash, answered].join() : null
  const { value: check } = useLoaded(key, (signal) =>
    client.call('camera.check', { project: handle, tape: tape?.id ?? 0 }, { signal }),
  )
  const text = check && verdictText(check)
  if (!check || !text || !tape) return null
  const close = (): void => setOpen(false)
  return (
    <>
      <Banner
        role="alert"
        icon={<WarningIcon />}
        action={<Button onClick={() => setOpen(true)}>Compare the pictures</Button>}
      >
        {text}
      </Banner>
      {isOpen && <CameraDialog {...{ check, tape }} onClose={close} onSettled={close} />}
    </>
  )
}
