import { useState } from 'react'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SelectField } from '../ui/inputs.tsx'
import type { NetworkDialogProps } from './NetworkRow.tsx'
import { compared } from './networks.ts'
import { useModels } from './networks-context.ts'
import './CompareDialog.css'

interface CompareDialogProps extends NetworkDialogProps {
  trainings: readonly TrainingState[]
}

/** Two networks beside each other: their numbers, and how they were made. */
export function CompareDialog({ model, trainings, onClose }: CompareDialogProps) {
  const models = useModels()
  const [firstId, setFirst] = useState(model.id)
  const others = models.filter(({ id }) => id !== model.id)
  const [secondId, setSecond] = useState(
    (others.find(({ active }) => active) ?? others[0] ?? model).id,
  )
  const first = models.find(({ id }) => id === firstId) ?? model
  const second = models.find(({ id }) => id === secondId) ?? model
  const options = models.map(({ id, name }) => ({ value: id, text: name }))
  const rows = compared([first, second], models, trainings)
  return (
    <Dialog
      title="Compare two networks"
      size="wide"
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="compare-choice">
        <span />
        <SelectField label="One" value={first.id} options={options} onChange={setFirst} />
        <SelectField label="The other" value={second.id} options={options} onChange={setSecond} />
      </div>
      <table className="compare">
        <caption className="unseen">
          {first.name} and {second.name}
        </caption>
        <colgroup>
          <col className="compare-titles" />
          <col span={2} />
        </colgroup>
        <tbody>
          {rows.map((row) => (
            <tr key={row.title} data-differs={row.differs}>
              <th scope="row">{row.title}</th>
              <td>{row.first}</td>
              <td>{row.second}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="train-quiet">
        Numbers of two trainings can only be compared where the same frames were held out.
      </p>
    </Dialog>
  )
}
