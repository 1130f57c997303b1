import type { DatasetFormat } from '../../../shared/contract/datasets.ts'
import { useProject } from '../state/project-context.tsx'
import { useLoaded } from '../state/use-loaded.ts'

const none: readonly DatasetFormat[] = []

/** The formats that sets are read and written in; empty until they are known. */
export function useFormats(): readonly DatasetFormat[] {
  const { client, handle } = useProject()
  return useLoaded(handle, () => client.call('datasets.formats', {})).value ?? none
}
