import { useMemo, useState } from 'react'
import { augmentationSchema } from '../../../../shared/augmentation.ts'
import type { Dataset } from '../../../../shared/contract/datasets.ts'
import type { ExperimentSettings } from '../../../../shared/experiment.ts'
import { useSets } from '../../datasets/use-sets.ts'
import { useProject } from '../../state/project-context.tsx'
import { useServices, useToasts } from '../../state/services.tsx'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberField, SelectField } from '../../ui/inputs.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { JsonField } from '../new/JsonField.tsx'
import { AugmentedGrid } from './AugmentedGrid.tsx'
import { PresetPipelines } from './PresetPipelines.tsx'
import { pipelineOf, stepsOf } from './pipeline.ts'
import { pipelineStoreOf } from './pipeline-store.ts'
import { StepList } from './StepList.tsx'
import './AugmentationPage.css'

const rows = 3
const variants = 4

/** Pictures of a set that lie far from each other. */
function positionsOf(images: number, turn: number): number[] {
  const count = Math.min(rows, images)
  const all = Array.from({ length: count }, (_, i) => {
    return (Math.floor((i * images) / count) + turn) % images
  })
  return [...new Set(all)].sort((a, b) => a - b)
}

interface PageProps {
  /** Begins an experiment with these settings. */
  onNew: (settings: ExperimentSettings) => void
}

/** What a pipeline makes of the pictures of a set, while it is changed. */
export function AugmentationPage({ onNew }: PageProps) {
  const { route } = useServices()
  const { sets } = useSets()
  if (!sets) return <Waiting text="Looking at the sets…" />
  const [first, ...others] = sets.filter(({ images }) => images > 0)
  if (first) return <Preview sets={[first, ...others]} first={first} onNew={onNew} />
  return (
    <Empty
      title="No pictures to try it on"
      action={
        <Button kind="primary" size="large" onClick={() => route.show('datasets')}>
          Go to Datasets
        </Button>
      }
    >
      <p>
        Augmentation changes pictures and masks at random while a network learns. Import a set of
        pictures, and you see here what is made of them.
      </p>
    </Empty>
  )
}

interface PreviewProps extends PageProps {
  sets: readonly Dataset[]
  first: Dataset
}

function Preview({ sets, first, onNew }: PreviewProps) {
  const { client, handle, mode, state } = useProject()
  const toasts = useToasts()
  const store = pipelineStoreOf(state.path)
  const pipeline = useStore(store)
  const [chosen, setChosen] = useState(first.id)
  const [seed, setSeed] = useState(0)
  const [turn, setTurn] = useState(0)
  const set = sets.find(({ id }) => id === chosen) ?? first
  const positions = useMemo(() => positionsOf(set.images, turn), [set.images, turn])
  const begin = async (): Promise<void> => {
    try {
      const presets = await client.call('experiments.presets', { project: handle })
      const about = { project: handle, preset: presets[0]?.name ?? '' }
      onNew({ ...(await client.call('experiments.draft', about)), augmentation: pipeline })
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <div className="augment-page">
      <aside className="augment-side" aria-label="Pipeline">
        <Panel title="Pipeline">
          <PresetPipelines onChoose={(next) => store.change(next)} />
          <StepList
            steps={stepsOf(pipeline)}
            onChange={(steps) => store.change(pipelineOf(steps))}
          />
          <details className="experiment-advanced">
            <summary className="experiments-subtitle">As data</summary>
            <JsonField
              label="Pipeline as JSON"
              hint="The same as `augment preview --pipeline` reads."
              value={pipeline}
              schema={augmentationSchema}
              onChange={(next) => store.change(next)}
              rows={14}
            />
          </details>
          <Button disabled={mode === 'read'} onClick={() => void begin()}>
            Use it in a new experiment…
          </Button>
        </Panel>
      </aside>
      <div className="augment-main">
        <header className="augment-bar">
          {sets.length > 1 && (
            <SelectField
              label="Set"
              value={String(set.id)}
              options={sets.map(({ id, name }) => ({ value: String(id), text: name }))}
              onChange={(id) => setChosen(Number(id))}
            />
          )}
          <NumberField
            label="Seed"
            value={seed}
            {...{ min: 0, max: 999_999_999 }}
            onCommit={(value) => setSeed(Math.round(value))}
          />
          <Button onClick={() => setSeed(seed + 1)}>Draw again</Button>
          <Button disabled={set.images <= rows} onClick={() => setTurn(turn + 1)}>
            Other pictures
          </Button>
          <span className="experiments-quiet">
            Left: as it is. Beside it: as epochs of a training would see it.
          </span>
        </header>
        <AugmentedGrid {...{ set: set.id, positions, pipeline, seed, variants }} />
      </div>
    </div>
  )
}
