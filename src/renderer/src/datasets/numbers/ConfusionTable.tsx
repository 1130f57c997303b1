import type { Confusion } from '../../../../shared/contract/datasets.ts'
import './ConfusionTable.css'

export type MatrixForm = 'counts' | 'byTruth' | 'byPrediction'

const integer = new Intl.NumberFormat('en')
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

function textOf(value: number | null, form: MatrixForm): string {
  if (value === null) return '–'
  return form === 'counts' ? integer.format(value) : percent.format(value)
}

interface ConfusionTableProps {
  confusion: Confusion
  form: MatrixForm
  nameOf: (index: number) => string
  /** Whether the pictures behind a cell can be shown. */
  canShow: boolean
  onCell: (cell: [number, number]) => void
}

/** Rows are what pixels are, columns what they were taken for; a cell leads to its pictures. */
export function ConfusionTable({ confusion, form, nameOf, ...cells }: ConfusionTableProps) {
  const { classes, counts, ious } = confusion
  return (
    <div className="dataset-scroll confusion-scroll">
      <table className="confusion">
        <caption>Rows: what pixels are. Columns: what they were taken for.</caption>
        <thead>
          <tr>
            <th scope="col">Truth</th>
            {classes.map((index) => (
              <th scope="col" key={index}>
                {nameOf(index)}
              </th>
            ))}
            <th scope="col">IoU (overlap)</th>
          </tr>
        </thead>
        <tbody>
          {classes.map((truth, row) => (
            <tr key={truth}>
              <th scope="row">{nameOf(truth)}</th>
              {classes.map((prediction, column) => (
                <Cell
                  key={prediction}
                  {...cells}
                  cell={[truth, prediction]}
                  label={`${nameOf(truth)} taken for ${nameOf(prediction)}`}
                  text={textOf(confusion[form][row]?.[column] ?? null, form)}
                  share={confusion.byTruth[row]?.[column] ?? 0}
                  isEmpty={(counts[row]?.[column] ?? 0) === 0}
                />
              ))}
              <td className="confusion-iou">{textOf(ious[row] ?? null, 'byTruth')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Few mistakes among many pixels must be seen as well: the root lifts small shares. */
const strengthOf = (share: number): number => Math.max(0.15, Math.sqrt(share))

interface CellProps {
  cell: [number, number]
  label: string
  text: string
  /** Of the row, 0 … 1: how strongly the cell is coloured. */
  share: number
  isEmpty: boolean
  canShow: boolean
  onCell: (cell: [number, number]) => void
}

function Cell({ cell, label, text, share, isEmpty, canShow, onCell }: CellProps) {
  const isRight = cell[0] === cell[1]
  return (
    <td data-right={isRight} style={{ '--share': isEmpty ? 0 : strengthOf(share) }}>
      <button
        type="button"
        disabled={isEmpty || !canShow}
        aria-label={`${label}: ${text}`}
        onClick={() => onCell(cell)}
      >
        {text}
      </button>
    </td>
  )
}
