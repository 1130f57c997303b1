import type { NamedNetwork } from '../../../../shared/contract/segment.ts'
import { SelectField } from '../../ui/inputs.tsx'
import { Prose, sentence } from '../../ui/Prose.tsx'

const origins: Readonly<Record<NamedNetwork['origin'], string>> = {
  'built-in': 'built in',
  project: 'of this project',
  published: 'published',
}

interface NetworkProps {
  networks: readonly NamedNetwork[]
  value: string
  onChange: (model: string) => void
}

/** Which network looks; why those that cannot be used cannot is said below. */
export function NetworkField({ networks, value, onChange }: NetworkProps) {
  const missing = networks.filter((network) => network.missing !== null)
  return (
    <>
      <SelectField
        label="Network"
        value={value}
        options={networks.map(({ id, title, origin, missing: lacks }) => ({
          value: id,
          text: lacks ? `${title}: weights not installed` : `${title} (${origins[origin]})`,
          disabled: lacks !== null,
        }))}
        onChange={onChange}
      />
      {missing.length > 0 && (
        <details className="experiment-advanced">
          <summary className="experiments-quiet">
            {missing.length} {missing.length === 1 ? 'network lacks its' : 'networks lack their'}{' '}
            weights
          </summary>
          <ul className="segment-missing">
            {missing.map(({ id, title, missing: lacks }) => (
              <li key={id}>
                <b>{title}</b>:{' '}
                {lacks && <Prose text={`${sentence(lacks.message)} ${lacks.hint}`} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
