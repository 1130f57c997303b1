/** @file A network's answer for one picture, as it lies in the output tensor. */

/** What is known of the answer before the first picture. */
export interface OutputShape {
  channels: number
  /** Grid points across and down. */
  width: number
  height: number
  layout: 'NCHW' | 'NHWC'
  kind: 'logits' | 'probabilities'
  /** Channels whose probabilities add up to that of a person. */
  person: readonly number[]
}

/** Distance in the tensor between neighbours along each of its axes. */
export interface OutputStrides {
  channel: number
  row: number
  column: number
}

export function outputStrides({ channels, width, height, layout }: OutputShape): OutputStrides {
  return layout === 'NCHW'
    ? { channel: width * height, row: width, column: 1 }
    : { channel: 1, row: width * channels, column: channels }
}
