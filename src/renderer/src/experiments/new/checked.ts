/** @file Data that were typed as JSON, checked by a schema. */
import type { z } from 'zod'

export type Checked<Value> = { value: Value } | { problem: string }

/** `steps.2.probability: too big`: where it is wrong and why. */
function issueText({ path, message }: z.core.$ZodIssue): string {
  const place = path.map(String).join('.')
  return place === '' ? message : `${place}: ${message}`
}

/** At most so many at a time can be put right. */
const mostProblems = 3

/** What a text holds, or what is wrong with it in words. */
export function checkedJson<Value>(text: string, schema: z.ZodType<Value>): Checked<Value> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : error}` }
  }
  const { data: value, error } = schema.safeParse(data)
  if (!error) return { value }
  return { problem: error.issues.slice(0, mostProblems).map(issueText).join('\n') }
}
