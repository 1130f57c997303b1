import { differingSettings } from '../../../../shared/experiment.ts'
import { useExperimentsDesk } from '../experiments-context.ts'
import { titleOf } from '../words.ts'
import { settingTitle, valueText } from './setting-words.ts'

/** The settings in which those that are drawn differ; what is other than in the first stands out. */
export function DifferencesCard() {
  const { experiments, drawn, colourOf } = useExperimentsDesk()
  const shown = drawn.flatMap((id) => experiments.find((one) => one.id === id) ?? [])
  if (shown.length < 2) return null
  const rows = differingSettings(shown.map(({ settings }) => settings))
  return (
    <section className="experiments-card" aria-labelledby="experiment-differences">
      <h2 className="experiments-title" id="experiment-differences">
        What differs
      </h2>
      {rows.length === 0 ? (
        <p className="experiments-quiet">All settings of those that are drawn are the same.</p>
      ) : (
        <div className="experiments-scroll">
          <table className="experiments-table experiments-differences">
            <thead>
              <tr>
                <th scope="col">Setting</th>
                {shown.map((experiment) => (
                  <th scope="col" key={experiment.id}>
                    <span
                      className="experiment-swatch"
                      style={{ background: `var(--${colourOf(experiment.id)})` }}
                    />{' '}
                    {titleOf(experiment)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ setting, values }) => (
                <tr key={setting}>
                  <th scope="row" title={setting}>
                    {settingTitle(setting)}
                  </th>
                  {values.map((value, i) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: a column for each experiment
                      key={i}
                      data-differs={value !== values[0]}
                      title={value ?? undefined}
                    >
                      {valueText(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
