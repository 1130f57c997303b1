/** @file What came of a training, for somebody who has never trained a network. */
import type { Selection } from '../../../shared/contract/models.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { count } from '../format.ts'

export interface Verdict {
  tone: 'good' | 'bad' | 'unknown'
  title: string
  /** Why, and which network is in use now. */
  text: string
}

/** `0.86`; where nobody was painted or found there is no overlap to speak of. */
export function overlapText(iou: number | null): string {
  return iou === null ? 'nobody' : iou.toFixed(2)
}

/** The same behind a title. */
export function overlapNote(iou: number | null): string {
  return iou === null ? 'nobody painted, nobody found' : `overlap ${overlapText(iou)}`
}

export const overlapGloss =
  'Overlap of what the network finds with what you painted: 1 is the same, 0 is nothing in common (person IoU).'

interface Ended {
  training: Pick<TrainingState, 'selection' | 'heldOut' | 'adopted' | 'base' | 'model'>
  /** The network in use. */
  active: { id: string; name: string }
}

function change({ base, new: trained }: Selection, frames: number): string {
  const [before, after] = [base.personIou, trained.personIou]
  const where = `in ${count(frames, 'frame')} that it had not seen`
  if (after > before) return `It finds the people better ${where}.`
  if (after < before) return `It finds the people worse ${where}.`
  const surer = trained.loss < base.loss ? 'but it is surer of them' : 'and it is no surer of them'
  return `It finds the people as well as before ${where}, ${surer}.`
}

/** Which network is in use, and why that one. */
function inUse({ training, active }: Ended): string {
  const isNew = active.id === training.model
  if (training.adopted === false)
    return isNew
      ? 'You use the new one anyway.'
      : `“${active.name}” stays in use; the new one is kept in the list below.`
  return isNew
    ? 'It is in use now.'
    : `“${active.name}” is in use; the new one is in the list below.`
}

/** The outcome of a training that is done. */
export function verdictOf(ended: Ended): Verdict {
  const { selection, heldOut, adopted } = ended.training
  const now = inUse(ended)
  if (!selection)
    return {
      tone: 'unknown',
      title: 'The new network is ready',
      text: `No frame was held out, so that nobody knows whether it got better: look closely at what it finds. ${now}`,
    }
  const text = `${change(selection, heldOut.length)} ${now}`
  return adopted === false
    ? { tone: 'bad', title: 'The network did not get better', text }
    : { tone: 'good', title: 'The network got better', text }
}
