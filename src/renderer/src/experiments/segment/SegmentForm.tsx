import { type FormEvent, useState } from 'react'
import type { NamedNetwork } from '../../../../shared/contract/segment.ts'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import type { SegmentMode } from '../../../../shared/segment.ts'
import { PathField } from '../../projects/PathField.tsx'
import { useProject } from '../../state/project-context.tsx'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { FormError } from '../FormError.tsx'
import { LookFields } from './LookFields.tsx'
import { NetworkField } from './NetworkField.tsx'
import { segmentStoreOf } from './segment-store.ts'

const modes = [
  { value: 'overlay', text: 'Tinted' },
  { value: 'splash', text: 'Colour splash' },
  { value: 'colour', text: 'Colours' },
  { value: 'mask', text: 'Masks' },
] as const satisfies readonly { value: SegmentMode; text: string }[]

const about: Readonly<Record<SegmentMode, string>> = {
  overlay: 'The picture, tinted in the colours of the classes. Of a tape a film.',
  splash: 'The picture in colour where something is seen, grey elsewhere. Of a tape a film.',
  colour: 'The colour of each pixel’s class.',
  mask: 'The class of each pixel, as PNG with a palette: for other programs.',
}

interface FormProps {
  networks: readonly NamedNetwork[]
  isUnderWay: boolean
}

/** What is looked at, by which network, and what is made of it. */
export function SegmentForm({ networks, isUnderWay }: FormProps) {
  const { client, handle, mode: access, state } = useProject()
  const store = segmentStoreOf(state.path)
  const { input, out, model: wanted, mode, look } = useStore(store)
  const [error, setError] = useState<AppError | null>(null)
  const usable = networks.filter(({ missing }) => missing === null)
  const model = usable.find(({ id }) => id === wanted)?.id ?? usable[0]?.id ?? ''
  const isReady = input.trim() !== '' && out.trim() !== '' && model !== ''
  const canStart = isReady && !isUnderWay && access === 'write'
  const start = async (): Promise<void> => {
    setError(null)
    try {
      const wish = { model, mode, look, input: input.trim(), out: out.trim() }
      const { job } = await client.call('segment.start', { project: handle, ...wish })
      store.change({ job })
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (canStart) void start()
  }
  return (
    <form className="experiment-form" noValidate onSubmit={submit}>
      <PathField
        label="Picture, folder or tape"
        kind="pictures"
        value={input}
        onChange={(next) => store.change({ input: next })}
        hint="It stays as it is and need not belong to the project."
      />
      <NetworkField
        networks={networks}
        value={model}
        onChange={(next) => store.change({ model: next })}
      />
      <Segmented
        label="What is written"
        value={mode}
        options={modes}
        onChange={(next) => store.change({ mode: next })}
      />
      <p className="experiments-quiet">{about[mode]}</p>
      <PathField
        label="Into the folder"
        kind="folder"
        value={out}
        onChange={(next) => store.change({ out: next })}
      />
      <LookFields look={look} onChange={(next) => store.change({ look: next })} />
      <FormError error={error} />
      <div>
        <Button kind="primary" type="submit" disabled={!canStart}>
          Look at the pictures
        </Button>
      </div>
    </form>
  )
}
