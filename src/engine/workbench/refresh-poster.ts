import type { Workbench } from '../../shared/contract.ts'
import type { EventHub } from '../../shared/rpc.ts'
import type { Engine } from '../engine.ts'
import { makePoster } from './poster.ts'

/** Makes a project's picture in the list anew; whatever prevents it, work goes on without one. */
export async function refreshPoster(
  { events }: { events: EventHub<Workbench> },
  engine: Engine,
): Promise<void> {
  const made = await makePoster(engine).catch(() => false)
  if (made) events.emit('projects.changed', null)
}
