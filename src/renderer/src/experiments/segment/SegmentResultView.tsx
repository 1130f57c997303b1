import { useState } from 'react'
import { byteAddress } from '../../../../shared/byte-routes.ts'
import type { SegmentedPicture, SegmentResult } from '../../../../shared/contract/segment.ts'
import { count, duration } from '../../format.ts'
import { useProject } from '../../state/project-context.tsx'
import { deviceText } from '../../train/plan-text.ts'
import { Button } from '../../ui/Button.tsx'
import { Command } from '../../ui/Command.tsx'
import { shareText } from '../words.ts'

/** More pictures than that at once are slow to show; the rest is asked for. */
const pageSize = 24

function Legend({ result }: { result: SegmentResult }) {
  const seen = new Set(result.pictures.flatMap(({ classes }) => classes.map(({ index }) => index)))
  return (
    <ul className="segment-legend" aria-label="Classes that were seen">
      {result.legend
        .filter(({ index }) => seen.has(index))
        .map(({ index, name, colour }) => (
          <li key={index}>
            <span className="segment-colour" style={{ background: colour }} />
            {name}
          </li>
        ))}
    </ul>
  )
}

/** The classes of a picture by how much of it they take: `lung 31%`. */
function sharesText({ classes }: SegmentedPicture, result: SegmentResult): string {
  const all = classes.reduce((sum, { pixels }) => sum + pixels, 0)
  const found = classes.filter(({ index }) => index !== 0).sort((a, b) => b.pixels - a.pixels)
  if (found.length === 0) return 'nothing seen'
  return found
    .map(({ index, pixels }) => {
      const name = result.legend.find((one) => one.index === index)?.name ?? `class ${index}`
      return `${name} ${shareText(all > 0 ? pixels / all : null)}`
    })
    .join(', ')
}

function Pair({ job, place, result }: { job: number; place: number; result: SegmentResult }) {
  const { handle } = useProject()
  const picture = result.pictures[place]
  if (!picture) return null
  const address = (of: 'picture' | 'result') => byteAddress.segmented(handle, job, place, of)
  return (
    <figure className="segment-pair">
      <div>
        <img loading="lazy" src={address('picture')} alt={`${picture.name} as it is`} />
        <img loading="lazy" src={address('result')} alt={`${picture.name}, what was seen`} />
      </div>
      <figcaption className="experiments-quiet">
        {picture.name}: {sharesText(picture, result)}
      </figcaption>
    </figure>
  )
}

/** What a network has seen: picture by picture, with the classes' colours. */
export function SegmentResultView({ job, result }: { job: number; result: SegmentResult }) {
  const [shown, setShown] = useState(pageSize)
  const { pictures, skipped, frames, seconds, device, out } = result
  const what = frames > 0 ? count(frames, 'frame') : count(pictures.length, 'picture')
  return (
    <section className="segment-result" aria-label="What was seen">
      <p role="status">
        {what} in {duration(seconds)} on {deviceText(device)}. Written into:
      </p>
      <Command hasPrompt={false}>{out}</Command>
      <Legend result={result} />
      {skipped.length > 0 && (
        <details className="experiment-advanced">
          <summary className="experiments-quiet">{skipped.length} left out</summary>
          <ul className="segment-missing">
            {skipped.map(({ file, why }) => (
              <li key={file}>
                {file}: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
      {frames > 0 ? (
        <p className="experiments-quiet">{pictures.map(({ file }) => file).join(', ')}</p>
      ) : (
        <div className="segment-pairs">
          {pictures.slice(0, shown).map(({ file }, place) => (
            <Pair key={file} {...{ job, place, result }} />
          ))}
        </div>
      )}
      {frames === 0 && pictures.length > shown && (
        <Button onClick={() => setShown(shown + pageSize)}>
          Show more of {count(pictures.length, 'picture')}
        </Button>
      )}
    </section>
  )
}
