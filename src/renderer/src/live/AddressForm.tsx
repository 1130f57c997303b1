import { type FormEvent, useId, useState } from 'react'
import { secretsOf } from '../../../shared/live-address.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'

interface AddressFormProps {
  /** What is typed; it outlives an attempt that fails. */
  address: string
  onAddress: (address: string) => void
  canEdit: boolean
  isBusy: boolean
  /** What was wrong with the address. */
  error: string | null
  onConnect: (address: string) => void
}

/**
 * Where the camera is. The address is nowhere stored, and hidden where it holds a password unless it is
 * being typed: whoever looks over a shoulder does not read it.
 */
export function AddressForm({
  address,
  onAddress,
  canEdit,
  isBusy,
  error,
  onConnect,
}: AddressFormProps) {
  const [wantsHidden, setWantsHidden] = useState(false)
  const [isTyping, setTyping] = useState(false)
  const isHidden = wantsHidden || (!isTyping && secretsOf(address).length > 0)
  const check = useId()
  const connect = (event: FormEvent): void => {
    event.preventDefault()
    if (address.trim() !== '') onConnect(address.trim())
  }
  return (
    <form className="live-form" onSubmit={connect} autoComplete="off">
      <Field
        label="Camera"
        error={error}
        hint="Its network address, such as rtsp://name:password@192.168.1.20/stream, or webcam for one at the computer that Maskbench runs on. It is not stored, and its password is shown nowhere."
      >
        {({ id, describedBy }) => (
          <input
            className="input"
            {...{ id }}
            aria-describedby={describedBy}
            type={isHidden ? 'password' : 'text'}
            value={address}
            placeholder="rtsp://… or webcam"
            spellCheck={false}
            autoComplete="off"
            disabled={!canEdit}
            onFocus={() => setTyping(true)}
            onBlur={() => setTyping(false)}
            onChange={(event) => onAddress(event.target.value)}
          />
        )}
      </Field>
      <div className="live-form-row">
        <label className="live-hide" htmlFor={check}>
          <input
            id={check}
            type="checkbox"
            checked={wantsHidden}
            onChange={(event) => setWantsHidden(event.target.checked)}
          />
          Hide what I type
        </label>
        <Button kind="primary" type="submit" disabled={!canEdit || isBusy || address.trim() === ''}>
          Connect
        </Button>
      </div>
    </form>
  )
}
