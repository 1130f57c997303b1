import { useEffect, useState } from 'react'
import type { Run } from '../../../../shared/contract/runs.ts'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { count as amount } from '../../format.ts'
import { useProject } from '../../state/project-context.tsx'
import { useStore } from '../../state/use-store.ts'
import { SelectField } from '../../ui/inputs.tsx'
import { shortened } from '../../ui/shortened.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import type { SideProps } from '../ReviewSide.tsx'
import { dayOf } from '../RunChoice.tsx'
import { useReview } from '../review-context.ts'
import { whyOf } from '../words.ts'
import { ItemList } from './ItemList.tsx'
import { PanelText, useWhen } from './ItemPanels.tsx'

/** Runs of the tape besides the one that is shown, the latest first. */
function useOtherRuns(): { runs: readonly Run[] | null; error: AppError | null } {
  const { client, handle } = useProject()
  const { data, tape } = useReview()
  const [runs, setRuns] = useState<readonly Run[] | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const shown = data.review.run.id
  useEffect(() => {
    let isWanted = true
    client.call('runs.list', { project: handle, tape: tape.id }).then(
      (all) => isWanted && setRuns(all.filter(({ id, done }) => id !== shown && done > 0)),
      (reason) => isWanted && setError(toAppError(reason)),
    )
    return () => {
      isWanted = false
    }
  }, [client, handle, tape.id, shown])
  return { runs, error }
}

/** Characters of a network's name in the list. */
const longestName = 28

function framesText({ first, last }: { first: number; last: number }): string {
  const from = first.toLocaleString('en')
  return first === last ? 'this frame alone' : `frames ${from} to ${last.toLocaleString('en')}`
}

/** Where this run answers otherwise than one before. */
export function ChangesPanel({ items, actions }: SideProps) {
  const { session, data } = useReview()
  const { runs, error } = useOtherRuns()
  const [chosen, setChosen] = useState<number | null>(null)
  const asked = useStore(session.changes)
  const before = chosen ?? runs?.[0]?.id ?? null
  // Both runs are counted by the rule that is kept.
  const basis = data.scoresKey + JSON.stringify(data.kept)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another basis has other changes.
  useEffect(() => {
    if (before !== null) void session.changes.ask(before)
  }, [session, before, basis])
  const when = useWhen()
  const failure = error ?? asked.error
  if (failure)
    return (
      <PanelText>
        {failure.message}. {failure.hint}
      </PanelText>
    )
  if (!runs) return <Waiting text="Looking for other runs…" />
  if (before === null)
    return (
      <PanelText>
        There is one run of this tape. After the next one, such as after fine-tuning, the frames
        whose answer flipped are listed here.
      </PanelText>
    )
  return (
    <>
      <div className="review-choice">
        <SelectField
          label="Compared with"
          value={String(before)}
          options={runs.map((run) => ({
            value: String(run.id),
            text: `${shortened(run.model.name, longestName)}, ${dayOf(run)}`,
          }))}
          onChange={(value) => setChosen(Number(value))}
        />
      </div>
      {asked.value === null ? (
        <Waiting text="Comparing…" />
      ) : items.items.length === 0 ? (
        <PanelText>Nothing flipped: both runs give the same answers.</PanelText>
      ) : (
        <>
          <PanelText>
            <b>{amount(items.items.length, 'stretch').replace('stretchs', 'stretches')}</b> whose
            answer flipped.
          </PanelText>
          <ItemList
            {...{ label: 'What changed', items, actions, isMixed: true }}
            saidOf={() => null}
            wordsOf={(item) => ({
              time: when(item.frame),
              title: whyOf(item, 0),
              about: item.kind === 'change' ? framesText(item) : '',
            })}
          />
        </>
      )}
    </>
  )
}
