/** @file Prints every import that breaks a rule of layer-rules.ts, and fails when there is one. */
import { findViolations } from './layer-rules.ts'
import { root } from './root.ts'

const violations = findViolations(root)
for (const violation of violations) console.error(violation)
if (violations.length > 0) process.exitCode = 1
