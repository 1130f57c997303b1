/**
 * @file The two recipes that this project was asked for, as they were: three steps of each, and what
 * the whole would take. The published weights of deeplabv3_resnet50 are not at hand; numbers by a
 * rule stand for them, which cost as much. Arguments: [STEPS].
 */
import { listTrainingSteps } from '../src/engine/db/training-results.ts'
import { listTrainings } from '../src/engine/db/trainings.ts'
import { type TrainingForecast, trainProject } from '../src/engine/jobs/train-project.ts'
import { writeModelFolder } from '../src/engine/models/model-folder.ts'
import { projectModelFolder } from '../src/engine/models/model-store.ts'
import { architectureOf } from '../src/engine/models/zoo/architectures.ts'
import { describeArchitecture } from '../src/engine/models/zoo/describe.ts'
import { onnxBytes } from '../src/engine/onnx/file.ts'
import { presetOf } from '../src/engine/train/presets.ts'
import { AppError } from '../src/shared/errors.ts'
import { fillGolden } from '../test/fixtures/zoo-weights.ts'
import { type Row, report } from './common.ts'
import { type OpenScene, withScene } from './fewshot-scenes.ts'

const steps = Number(process.argv[2] ?? 3)
const presetNames = ['hackathon-head', 'hackathon-all']
const sceneName = 'fisheye_humanbody2'
const architecture = 'deeplabv3_resnet50'

async function addNetwork({ engine }: OpenScene): Promise<void> {
  const { build, classes } = architectureOf(architecture)
  const network = onnxBytes(fillGolden(await build({ classes: classes.length })))
  const description = describeArchitecture(architecture)
  await writeModelFolder(projectModelFolder(engine.project.dir, architecture), 'project', {
    description,
    network,
  })
}

/** Trains with a preset until so many steps are done; what it told before the first one. */
async function begin({ engine }: OpenScene, preset: string): Promise<TrainingForecast | null> {
  const enough = new AbortController()
  let forecast: TrainingForecast | null = null
  const words = { preset, model: architecture, holdOut: 'none', device: 'cpu' }
  const onForecast = (told: TrainingForecast) => {
    forecast = told
  }
  const onProgress = ({ stage, done }: { stage: string; done: number }) => {
    if (stage.endsWith('train') && done >= steps) enough.abort()
  }
  try {
    await trainProject(engine, words, { onForecast }, { signal: enough.signal, onProgress })
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'cancelled')) throw error
  }
  return forecast
}

async function rowOf(scene: OpenScene, preset: string): Promise<Row> {
  const forecast = await begin(scene, preset)
  const { project } = scene.engine
  const [training] = listTrainings(project)
  const losses = listTrainingSteps(project, training?.id ?? -1).map(({ loss }) => loss)
  return {
    preset,
    ...Object.fromEntries(
      Array.from({ length: steps }, (_, i) => [`loss ${i + 1}`, losses[i] ?? Number.NaN]),
    ),
    'seconds a step': forecast?.secondsPerStep ?? Number.NaN,
    'batch in parts of': (forecast?.batch ?? 0) / (forecast?.accumulate ?? 1),
    'minutes in all': (forecast?.totalSeconds ?? Number.NaN) / 60,
    'MB expected': (forecast?.memoryBytes ?? Number.NaN) / 1e6,
  }
}

const rows: Row[] = []
for (const preset of presetNames)
  await withScene(sceneName, presetOf(preset).labels ?? 8, async (scene) => {
    await addNetwork(scene)
    rows.push(await rowOf(scene, preset))
  })
await report('hackathon', `${steps} steps of the presets first asked for, ${architecture}`, rows)
