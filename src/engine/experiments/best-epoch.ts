/** @file Which epoch of a curve is the best. */

/** The epoch with the smallest validation loss; of equal ones the first. Undefined without any. */
export function bestOf<Epoch extends { validationLoss: number }>(
  epochs: readonly Epoch[],
): Epoch | undefined {
  return epochs.reduce<Epoch | undefined>(
    (best, one) => (best && best.validationLoss <= one.validationLoss ? best : one),
    undefined,
  )
}
