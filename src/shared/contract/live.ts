/** @file A camera as it is seen now: connecting to it, what the network sees, recording it. */
import { z } from 'zod'
import { sizeSchema } from '../recipe.ts'
import { handleSchema } from './projects.ts'
import { failureSchema } from './training.ts'

const onProject = z.strictObject({ project: handleSchema })

export const liveStateSchema = z.object({
  /** Another number is another connection by the user. */
  live: z.int(),
  /** Without user name, password and tokens. */
  address: z.string(),
  /** 'reconnecting' = it was there before; it is tried again and again. */
  status: z.enum(['connecting', 'connected', 'reconnecting', 'failed', 'stopped']),
  /** Why it has failed, or is tried again. */
  error: failureSchema.nullable(),
  /** Once it is connected: the camera's pictures, and the size of what is shown of them. */
  camera: z
    .object({ width: z.int(), height: z.int(), codec: z.string(), shown: sizeSchema })
    .nullable(),
  model: z.string(),
  /** What runs the network. */
  device: z.string().nullable(),
  /** Of the last seconds: frames that the camera sent, and those that were looked at. */
  cameraFramesPerSecond: z.number(),
  framesPerSecond: z.number(),
  /** From the capture of the picture that was looked at last to its result; null before. */
  delaySeconds: z.number().nullable(),
  /** Frames since it was connected, and those of them that were passed over for later ones. */
  seen: z.int(),
  dropped: z.int(),
  /** Sum of person probability and state by the project's threshold, without enter and leave times. */
  regions: z.array(
    z.object({ id: z.int(), sum: z.number(), threshold: z.number(), occupied: z.boolean() }),
  ),
  /** Number of the latest picture; see byte-routes.ts. */
  picture: z.int().nullable(),
  /** Null = none; `frames` stays 0 until the camera sends a frame to begin with. */
  recording: z.object({ file: z.string(), frames: z.int(), seconds: z.number() }).nullable(),
  /** What was recorded last, which is then read as a tape. */
  recorded: z.object({ file: z.string(), frames: z.int(), job: z.int().nullable() }).nullable(),
})

export const liveMethods = {
  /**
   * Connects to a camera, in the place of the one before; how that goes, `live.state` says. The
   * address is kept in memory alone. Throws `bad-address`, and what is wrong with the network.
   */
  'live.start': {
    args: onProject.extend({ address: z.string().min(1).max(2000) }),
    result: z.object({ live: z.int() }),
  },
  /** A recording is finished first. */
  'live.stop': { args: onProject, result: z.null() },
  /** Starts or ends a recording, which becomes a tape. Throws `no-camera` where none is connected. */
  'live.record': { args: onProject.extend({ on: z.boolean() }), result: z.null() },
  /** Null = no camera was connected since the project was opened. */
  'live.state': { args: onProject, result: liveStateSchema.nullable() },
} as const

export const liveEvents = {
  /** About four times a second while a camera is connected, and when something changes. */
  'live.state': z.object({ path: z.string(), state: liveStateSchema }),
} as const

export type LiveState = z.infer<typeof liveStateSchema>
