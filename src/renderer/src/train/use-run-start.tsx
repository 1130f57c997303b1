import { type ReactNode, useState } from 'react'
import type { CameraCheck } from '../../../shared/contract/camera.ts'
import type { Tape } from '../../../shared/contract/state.ts'
import { CameraDialog } from '../camera/CameraDialog.tsx'
import { verdictText } from '../camera/camera-text.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'

export interface RunStart {
  start: () => void
  isStarting: boolean
  /** What has to be answered before it runs. */
  question: ReactNode
}

/**
 * Starts a run over a tape. Where the camera does not stand where it stood, it asks first: regions
 * that lie elsewhere count something else.
 */
export function useRunStart(tape: Tape): RunStart {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const [isStarting, setStarting] = useState(false)
  const [check, setCheck] = useState<CameraCheck | null>(null)
  const at = { project: handle, tape: tape.id }
  const run = () => client.call('runs.start', at)
  const askOrRun = async (): Promise<void> => {
    // What stands in the way of telling stands in the way of running, which then says so.
    const found = await client.call('camera.check', at).catch(() => null)
    if (found && verdictText(found) !== null) setCheck(found)
    else await run()
  }
  const attempt = (work: () => Promise<unknown>): void => {
    setStarting(true)
    work()
      .catch((error: unknown) => toasts.fail(error))
      .finally(() => setStarting(false))
  }
  const settled = (decision: 'correct' | 'keep'): void => {
    setCheck(null)
    if (decision === 'keep') attempt(run)
    else toasts.tell('The picture follows the camera now: look at the regions, then run it')
  }
  const close = (): void => setCheck(null)
  const question = check && (
    <CameraDialog
      {...{ check, tape }}
      keepText="Run it all the same"
      onClose={close}
      onSettled={settled}
    />
  )
  return { start: () => attempt(askOrRun), isStarting, question }
}
