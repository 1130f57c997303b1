/** @file What may be chosen when a network is built. */
export interface BuildOptions {
  /** Channels of the logits. */
  classes: number
  /** Whether the head that helps training stands beside, as the output 'auxiliary_logits'. */
  auxiliary?: boolean
}
