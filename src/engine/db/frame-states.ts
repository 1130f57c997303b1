/** @file What is known of each frame: its label, strokes and flag. */
import type { FrameState } from '../../shared/contract/state.ts'
import { backgroundIndex } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { listFlags } from './frame-flags.ts'
import type { Project } from './handle.ts'
import { type FrameAt, listLabels, maskHash } from './masks.ts'
import { isBackground, paintedMask } from './painted-masks.ts'
import { framesWithStrokes } from './strokes.ts'

type LabelState = FrameState['label']

/** Hashes of masks that hold background alone, by size: they tell without a look at the pixels. */
const emptyHashes = new Map<string, string>()

function emptyHash({ width, height }: Size): string {
  const key = `${width}x${height}`
  const known = emptyHashes.get(key)
  if (known !== undefined) return known
  const hash = maskHash({
    width,
    height,
    data: new Uint8Array(width * height).fill(backgroundIndex),
  })
  emptyHashes.set(key, hash)
  return hash
}

/** What strokes made of frames when they were last looked at, by the last stroke's id. */
const painted = new WeakMap<Project, Map<number, LabelState>>()

function paintedState(project: Project, at: FrameAt): LabelState {
  const now = paintedMask(project, at)
  if (!now) return 'none'
  if (!isBackground(now.mask)) return 'labelled'
  return now.isLabel ? 'empty' : 'none'
}

/** The label of every frame that has strokes, as it will be once they are folded. */
function strokeStates(project: Project): [FrameAt, LabelState][] {
  const before = painted.get(project)
  const known = new Map<number, LabelState>()
  painted.set(project, known)
  return framesWithStrokes(project).map((at) => {
    const state = before?.get(at.last) ?? paintedState(project, at)
    known.set(at.last, state)
    return [at, state]
  })
}

/** What is known of frames, by tape and frame; frames of which nothing is known are left out. */
export function listFrameStates(project: Project): FrameState[] {
  const states = new Map<string, FrameState>()
  const note = ({ source, frame }: FrameAt, change: Partial<FrameState>) => {
    const key = `${source} ${frame}`
    const before = states.get(key) ?? { tape: source, frame, label: 'none', flagged: false }
    states.set(key, { ...before, ...change })
  }
  for (const label of listLabels(project))
    note(label, { label: label.sha256 === emptyHash(label) ? 'empty' : 'labelled' })
  for (const [at, label] of strokeStates(project)) note(at, { label })
  for (const at of listFlags(project)) note(at, { flagged: true })
  return [...states.values()]
    .filter(({ label, flagged }) => label !== 'none' || flagged)
    .sort((a, b) => a.tape - b.tape || a.frame - b.frame)
}
