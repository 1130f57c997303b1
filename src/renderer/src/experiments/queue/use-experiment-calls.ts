import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'

/** What can be done with experiments and their queue; what fails is told in a toast. */
export function useExperimentCalls() {
  const { client, handle: project } = useProject()
  const toasts = useToasts()
  const attempt = (call: Promise<null>): void => void call.catch((error) => toasts.fail(error))
  return {
    queue: ({ id }: ExperimentSummary) =>
      attempt(client.call('experiments.queue', { project, experiments: [id] })),
    unqueue: ({ id }: ExperimentSummary) =>
      attempt(client.call('experiments.unqueue', { project, experiment: id })),
    cancel: ({ id }: ExperimentSummary) =>
      attempt(client.call('experiments.cancel', { project, experiment: id })),
    resume: ({ id }: ExperimentSummary) =>
      attempt(client.call('experiments.resume', { project, experiment: id })),
    reorder: (experiments: number[]) =>
      attempt(client.call('experiments.reorder', { project, experiments })),
    run: () => attempt(client.call('experiments.run', { project })),
  }
}
