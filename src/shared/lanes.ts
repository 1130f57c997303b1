/** @file Several independent channels over one link between two processes. */
import { z } from 'zod'
import type { Channel } from './transport.ts'

/**
 * `pages`: the connections of pages. `bytes`: requests below /bytes/. `host`: what the engine asks of
 * the shell that it runs in.
 */
export type LaneName = 'pages' | 'bytes' | 'host'

const onLaneSchema = z.object({ lane: z.string(), value: z.unknown() })

/** One lane of a link. What arrives is not checked yet, except that it came on this lane. */
export function laneOf(link: Channel<unknown>, lane: LaneName): Channel<unknown> {
  return {
    send: (value) => link.send({ lane, value }),
    onMessage: (listener) =>
      link.onMessage((raw) => {
        const message = onLaneSchema.parse(raw)
        if (message.lane === lane) listener(message.value)
      }),
  }
}
