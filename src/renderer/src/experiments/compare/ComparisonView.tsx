import { useState } from 'react'
import type { Comparison } from '../../../../shared/contract/compare.ts'
import { Bars } from '../../charts/Bars.tsx'
import { count } from '../../format.ts'
import { Button } from '../../ui/Button.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import { Prose, sentence } from '../../ui/Prose.tsx'
import { shareText } from '../words.ts'
import { columns, plotted } from './columns.ts'
import { SaveDialog } from './SaveDialog.tsx'

function Table({ comparison }: { comparison: Comparison }) {
  return (
    <div className="experiments-scroll">
      <table className="experiments-table">
        <thead>
          <tr>
            <th scope="col">Network</th>
            {columns.map(({ title, about }) => (
              <th scope="col" key={title} className="experiment-number" title={about}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparison.networks.map((network) => (
            <tr key={network.id}>
              <th scope="row">{network.title}</th>
              {columns.map(({ title, of, format }) => {
                const value = of(network)
                return (
                  <td key={title} className="experiment-number">
                    {value === null ? '–' : format(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Why a network has no accuracy, and what to do about it. */
function Notes({ networks }: Comparison) {
  const noted = networks.flatMap(({ id, title, note }) =>
    note === null ? [] : [{ id, title, note }],
  )
  if (noted.length === 0) return null
  return (
    <ul className="compare-notes" aria-label="Without accuracy">
      {noted.map(({ id, title, note }) => (
        <li key={id}>
          <WarningIcon />
          <span>
            <b>{title}</b>: <Prose text={sentence(note)} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function ClassTable({ classes, networks }: Comparison) {
  const scored = networks.filter(({ accuracy }) => accuracy !== null)
  if (scored.length === 0) return null
  return (
    <details className="experiment-advanced">
      <summary className="experiments-subtitle">Class by class (IoU)</summary>
      <div className="experiments-scroll">
        <table className="experiments-table">
          <thead>
            <tr>
              <th scope="col">Class</th>
              {scored.map(({ id, title }) => (
                <th scope="col" key={id} className="experiment-number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map(({ index, name }, place) => (
              <tr key={index}>
                <th scope="row">{name}</th>
                {scored.map(({ id, accuracy }) => (
                  <td key={id} className="experiment-number">
                    {shareText(accuracy?.classIou[place] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** Networks beside each other: a table, bars, and why a number is not there. */
export function ComparisonView({ job, comparison }: { job: number; comparison: Comparison }) {
  const [isSaving, setSaving] = useState(false)
  const { networks, machine, sets, split } = comparison
  const images = networks.find(({ accuracy }) => accuracy)?.accuracy?.images ?? 0
  return (
    <section className="experiments-card" aria-labelledby="comparison">
      <header className="experiments-card-head">
        <h2 className="experiments-title" id="comparison">
          {count(networks.length, 'network')} compared
        </h2>
        <Button onClick={() => setSaving(true)}>Save…</Button>
      </header>
      <p className="experiments-quiet">
        {images > 0 ? `${count(images, 'picture')} of ${sets.join(', ')}` : sets.join(', ')}
        {split === null ? '' : `, part “${split}”`}; {machine.processor},{' '}
        {count(machine.threads, 'thread')}.
      </p>
      <Notes {...comparison} />
      <Table comparison={comparison} />
      <ClassTable {...comparison} />
      <div className="compare-bars">
        {plotted(networks).map(({ title, about, of, format, full }) => (
          <Bars
            key={title}
            {...{ title, about, format }}
            most={full ?? Math.max(...networks.map((network) => of(network) ?? 0))}
            bars={networks.flatMap((network) => {
              const value = of(network)
              return value === null ? [] : [{ name: network.title, value }]
            })}
          />
        ))}
      </div>
      {isSaving && <SaveDialog job={job} onClose={() => setSaving(false)} />}
    </section>
  )
}
