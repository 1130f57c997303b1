import type { JobProgress } from '../../../shared/progress.ts'
import { progressText, share } from '../jobs/job-text.ts'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import type { Call } from './use-call.ts'
import './Working.css'

interface WorkingProps {
  /** What is under way. */
  text: string
  progress: JobProgress | null
  onCancel?: () => void
}

/** Something that may take long: how far it is, how long it takes, and a way to give it up. */
export function Working({ text, progress, onCancel }: WorkingProps) {
  return (
    <div className="working">
      <div className="working-text">
        <Waiting text={text} />
        {progress && (
          <>
            <Progress label={text} value={share(progress)} />
            <p className="dataset-quiet">{progressText(progress)}</p>
          </>
        )}
      </div>
      {onCancel && <Button onClick={onCancel}>Cancel</Button>}
    </div>
  )
}

interface WorkedProps extends Omit<WorkingProps, 'progress'> {
  call: Call<unknown>
}

/** A call while it is under way, and why it failed. Nothing once it is done. */
export function Worked({ call, ...working }: WorkedProps) {
  const { error, progress, isUnderWay } = call
  if (isUnderWay) return <Working {...working} progress={progress} />
  if (!error || error.code === 'cancelled') return null
  return (
    <p className="field-error" role="alert">
      <Prose text={`${sentence(error.message)} ${error.hint}`} />
    </p>
  )
}
