import type { Frame } from 'node-av/lib'

/** Fetches the decoded frames of one tape by number, forward cheaply and backward correctly. */
export interface FrameCursor extends AsyncDisposable {
  /**
   * Frame `number`, as the decoder gives it in a run from the start. It is the caller's until the
   * next call, also to consume.
   *
   * @throws AppError `tape-changed` when the tape no longer holds that frame, and `cancelled`.
   */
  frame(number: number, signal?: AbortSignal): Promise<Frame>
}
