import { centreCropSchema, type Look } from '../../../../shared/segment.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField } from '../../ui/inputs.tsx'

interface LookProps {
  look: Look
  onChange: (look: Look) => void
}

const usualWindow = { width: 512, height: 512 }
const severalScales = [0.5, 0.75, 1, 1.25]

/** How a network looks at a picture: all at once, piece by piece, in several sizes, mirrored. */
export function LookFields({ look, onChange }: LookProps) {
  const { crop, window, scales, flip } = look
  const change = (part: Partial<Look>): void => onChange({ ...look, ...part })
  return (
    <details className="experiment-advanced">
      <summary className="experiments-subtitle">How it looks</summary>
      <Checkbox
        label="Also mirrored, and take the mean"
        checked={flip}
        onChange={(next) => change({ flip: next })}
      />
      <Checkbox
        label="In several sizes, and take the mean"
        hint={severalScales.join(', ')}
        checked={scales.length > 1}
        onChange={(next) => change({ scales: next ? severalScales : [1] })}
      />
      <Checkbox
        label="Only the middle, as published classifiers are fed"
        hint="The shorter side becomes 256; the middle 224 pixels are looked at."
        checked={crop !== null}
        onChange={(next) =>
          change({ crop: next ? centreCropSchema.parse({}) : null, window: null })
        }
      />
      <Checkbox
        label="Piece by piece, for large pictures"
        checked={window !== null}
        onChange={(next) => change({ window: next ? usualWindow : null, crop: null })}
      />
      {window && (
        <NumberField
          label="Side of a piece, in pixels"
          value={window.width}
          {...{ min: 64, max: 4096 }}
          onCommit={(side) => {
            const whole = Math.round(side)
            change({ window: { width: whole, height: whole } })
          }}
        />
      )}
    </details>
  )
}
