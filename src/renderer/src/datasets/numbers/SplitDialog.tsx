import { type FormEvent, useId, useState } from 'react'
import { useProject } from '../../state/project-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { NumberField, TextField } from '../../ui/inputs.tsx'
import { useCall } from '../use-call.ts'
import { useSet } from '../use-sets.ts'
import { Worked } from '../Working.tsx'
import { SplitTable } from './SplitTable.tsx'

const highestSeed = 2 ** 31 - 1

/** Parts a set by a ratio and shows what it came to. */
export function SplitDialog({ onClose }: { onClose: () => void }) {
  const { client, handle } = useProject()
  const { id, name, splits } = useSet()
  const form = useId()
  const [ratio, setRatio] = useState('9:1')
  const [seed, setSeed] = useState(0)
  const [byScene, setByScene] = useState(false)
  /** What was asked for, as JSON; null = nothing yet. */
  const [asked, setAsked] = useState<string | null>(null)
  const call = useCall(asked, (work) =>
    client.call('datasets.split', { project: handle, set: id, ratio, seed, byScene }, work),
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(JSON.stringify([ratio, seed, byScene, Date.now()]))
  }
  return (
    <Dialog
      title={`Split ${name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{call.value ? 'Done' : 'Cancel'}</Button>
          <Button
            kind={call.value ? 'plain' : 'primary'}
            type="submit"
            form={form}
            disabled={call.isUnderWay || ratio.trim() === ''}
          >
            {call.value ? 'Split again' : 'Split'}
          </Button>
        </>
      }
    >
      <form id={form} className="dataset-form" onSubmit={submit}>
        <p className="dataset-quiet">
          Every class is spread over the parts as the ratio says. Pictures that are the same file,
          or neighbours in a recording that look the same, stay together.
          {splits.length > 0 && ' The parts that there are now are replaced.'}
        </p>
        <TextField
          label="Ratio"
          value={ratio}
          onChange={setRatio}
          hint="9:1 for train and val, 8:1:1 for train, val and test."
        />
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={highestSeed}
          onCommit={setSeed}
          hint="The same seed gives the same parts again."
        />
        <Checkbox
          label="Keep pictures of one scene together"
          checked={byScene}
          onChange={setByScene}
        />
        <Worked call={call} text="Comparing pictures…" onCancel={() => setAsked(null)} />
        {call.value && <SplitTable parts={call.value} />}
      </form>
    </Dialog>
  )
}
