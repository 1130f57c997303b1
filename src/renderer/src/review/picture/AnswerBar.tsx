import { useStore } from '../../state/use-store.ts'
import { StepBackIcon, StepOnIcon } from '../../tape/icons.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { UndoIcon } from '../../ui/icons.tsx'
import { KeysOf } from '../../ui/Keycap.tsx'
import { useReview } from '../review-context.ts'
import { thresholdOf } from '../state/recount.ts'
import { isOccupied } from '../timeline/columns.ts'
import type { ReviewActions } from '../use-review-actions.ts'
import { score, stateWord, timeOf } from '../words.ts'

const readOnly = 'This window can look at the project, but not change it.'

/** What the chosen region counts as in the shown frame, and the buttons that say what is true. */
export function AnswerBar({ actions }: { actions: ReviewActions }) {
  const { session, canWrite, frame, region } = useReview()
  const { answers } = useStore(session.answers)
  const { selection } = useStore(session.desk)
  const answer = answers.get(region.id)?.get(frame) ?? null
  const many = selection.chosen.size > 1 ? selection.chosen.size : null
  const common = { disabled: !canWrite, title: canWrite ? undefined : readOnly }
  return (
    <div className="answer-bar" role="toolbar" aria-label="Your answer">
      <Place />
      <div className="answer-buttons">
        {many && <span className="answer-many">For {many.toLocaleString('en')} chosen:</span>}
        <Button
          {...common}
          aria-pressed={many ? undefined : answer === true}
          onClick={() => actions.answer(true)}
        >
          Occupied <KeysOf action="review.occupied" first />
        </Button>
        <Button
          {...common}
          aria-pressed={many ? undefined : answer === false}
          onClick={() => actions.answer(false)}
        >
          Nobody <KeysOf action="review.empty" first />
        </Button>
        <Button {...common} onClick={() => actions.answer(null)}>
          As counted <KeysOf action="review.confirm" first />
        </Button>
        <Button {...common} onClick={actions.wrong}>
          Wrong mask <KeysOf action="review.wrong" first />
        </Button>
      </div>
      {!canWrite && <p className="answer-read-only">{readOnly}</p>}
      <div className="answer-steps">
        <IconButton
          label="Undo the last answer"
          icon={<UndoIcon />}
          action="review.undo"
          side="above"
          disabled={!canWrite || !session.answers.canUndo}
          onClick={actions.undo}
        />
        <IconButton
          label="Previous in the list"
          icon={<StepBackIcon />}
          action="review.previous"
          side="above"
          onClick={() => actions.step(-1)}
        />
        <IconButton
          label="Next in the list"
          icon={<StepOnIcon />}
          action="review.next"
          side="above"
          onClick={() => actions.step(1)}
        />
      </div>
    </div>
  )
}

/** Which region in which frame, its score, and what that counts as. */
function Place() {
  const { session, data, frame, position, isInRun, region, regionIndex, seconds } = useReview()
  const { tried, counts } = useStore(session.recount)
  const { answers } = useStore(session.answers)
  const stretches = counts[regionIndex]?.stretches ?? new Uint32Array()
  const occupied = isInRun ? isOccupied(stretches, position) : null
  const answer = answers.get(region.id)?.get(frame) ?? null
  const sum = isInRun ? region.sums[position] : undefined
  const time = timeOf(seconds[position] ?? 0, data.review.startTime)
  return (
    <p className="answer-place">
      <span className="answer-region">
        <span className="region-swatch" style={{ background: region.colour }} aria-hidden="true" />
        <b>{region.name}</b>
        <span className="state-word" data-occupied={occupied === true}>
          {stateWord(occupied)}
        </span>
        {answer !== null && (
          <span className="answer-said">you said {answer ? 'occupied' : 'nobody'}</span>
        )}
      </span>
      <span className="answer-numbers">
        {sum === undefined
          ? 'not looked at yet'
          : `score ${score(sum)}, threshold ${score(thresholdOf(tried, regionIndex))}`}
        {' · '}frame {frame.toLocaleString('en')} · {time}
      </span>
    </p>
  )
}
