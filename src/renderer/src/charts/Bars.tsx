import './Bars.css'

export interface Bar {
  name: string
  value: number
  /** CSS colour; the accent where there is none. */
  colour?: string
}

interface BarsProps {
  title: string
  about?: string
  bars: readonly Bar[]
  format: (value: number) => string
  /** What a full lane stands for; by default the longest, or 1 where all are shorter. */
  most?: number
}

/** Amounts by name as lying bars, the longest as wide as there is room. */
export function Bars({ title, about, bars, format, most: full }: BarsProps) {
  const most = full ?? Math.max(1, ...bars.map(({ value }) => value))
  return (
    <figure className="bars">
      <figcaption className="bars-head">
        <span className="bars-title">{title}</span>
        <span className="bars-about">{about}</span>
      </figcaption>
      <table className="bars-table">
        <tbody>
          {bars.map(({ name, value, colour }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td className="bars-lane" aria-hidden="true">
                <span
                  className="bars-bar"
                  style={{
                    width: `${(100 * value) / most}%`,
                    ...(colour && { background: colour }),
                  }}
                />
              </td>
              <td className="bars-value">{format(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
