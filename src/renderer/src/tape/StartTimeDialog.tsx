import { useState } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'

/** When frame 0 was recorded: then results speak in clock time. */
export function StartTimeDialog({ tape, onClose }: { tape: Tape; onClose: () => void }) {
  const { client, handle, store } = useProject()
  const toasts = useToasts()
  const [time, setTime] = useState((tape.startTime ?? '').replace(' ', 'T').slice(0, 19))
  const set = async (startTime: string | null): Promise<void> => {
    try {
      await client.call('tapes.setStartTime', { project: handle, tape: tape.id, startTime })
      await store.refresh()
      onClose()
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title="When does the tape start?"
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {tape.startTime && <Button onClick={() => void set(null)}>Not known</Button>}
          <Button kind="primary" disabled={time === ''} onClick={() => void set(withSeconds(time))}>
            Set
          </Button>
        </>
      }
    >
      <Field
        label="Date and time of the first frame"
        hint="Counts are then given by the clock, by hour and by shift."
      >
        {({ id, describedBy }) => (
          <input
            className="input"
            id={id}
            type="datetime-local"
            step={1}
            value={time}
            aria-describedby={describedBy}
            onChange={(event) => setTime(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

/** A browser leaves out seconds that are 0. */
const withSeconds = (time: string): string => (time.length === 16 ? `${time}:00` : time)
