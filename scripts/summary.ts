/** @file Prints the numbers of the last test run as one line, and fails when a test has failed. */
import { countsLine, readReport, totalsFile, troubleLines } from './reports.ts'

const counts = readReport(totalsFile)
for (const line of troubleLines(counts)) console.log(line)
console.log(countsLine(counts))
if (counts.failed > 0) process.exitCode = 1
