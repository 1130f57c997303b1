/** @file Prints the numbers of the last test run as one line, and fails when a test has failed. */
import { join } from 'node:path'
import { countsLine, sumReports } from './reports.ts'
import { root } from './root.ts'

const counts = sumReports(join(root, 'test-results'))
console.log(countsLine(counts))
if (counts.failed > 0) process.exitCode = 1
