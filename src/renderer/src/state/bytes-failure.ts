import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { fromWireError } from '../../../shared/rpc.ts'

const wireErrorSchema = z.object({
  code: z.string(),
  message: z.string().min(1),
  hint: z.string().default(''),
})

/** Why an answer of /bytes/ is not what was asked for: what the engine says, or its status alone. */
export async function failureOf(response: Response): Promise<AppError> {
  const told = wireErrorSchema.safeParse(await response.json().catch(() => null))
  if (told.success) return fromWireError(told.data)
  return new AppError('internal', `the engine answered ${response.status}`)
}
