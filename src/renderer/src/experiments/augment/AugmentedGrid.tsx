import { useEffect } from 'react'
import type { AugmentationNode } from '../../../../shared/augmentation.ts'
import { byteAddress } from '../../../../shared/byte-routes.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'
import { useProject } from '../../state/project-context.tsx'
import { useLoaded } from '../../state/use-loaded.ts'
import { sentence } from '../../ui/Prose.tsx'

async function pictureAt(address: string, signal: AbortSignal): Promise<string> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await failureOf(response)
  return URL.createObjectURL(await response.blob())
}

function Cell({ address, label }: { address: string; label: string }) {
  const { value, key, error } = useLoaded(address, (signal) => pictureAt(address, signal))
  useEffect(() => () => URL.revokeObjectURL(value ?? ''), [value])
  const isOld = key !== address
  return (
    <div className="augment-cell" data-old={isOld}>
      {value !== null && <img src={value} alt={label} />}
      {error && !isOld && <span className="augment-cell-failed">{sentence(error.message)}</span>}
    </div>
  )
}

interface GridProps {
  set: number
  /** Of the pictures, a row for each. */
  positions: readonly number[]
  pipeline: AugmentationNode
  seed: number
  /** Variants of each picture beside the picture itself. */
  variants: number
}

/** Pictures of a set, each beside what a training would see of it, with the mask over them. */
export function AugmentedGrid({ set, positions, pipeline, seed, variants }: GridProps) {
  const { handle } = useProject()
  return (
    <section className="augment-grid" aria-label="What the pipeline makes of the pictures">
      {positions.map((position) => (
        <div className="augment-row" key={position}>
          {Array.from({ length: variants + 1 }, (_, variant) => (
            <Cell
              // biome-ignore lint/suspicious/noArrayIndexKey: the variant's number is what it is
              key={variant}
              address={byteAddress.imageAugmented(
                { project: handle, set, position },
                { pipeline, seed, variant },
              )}
              label={
                variant === 0
                  ? `Picture ${position + 1} as it is`
                  : `Picture ${position + 1}, variant ${variant}`
              }
            />
          ))}
        </div>
      ))}
    </section>
  )
}
