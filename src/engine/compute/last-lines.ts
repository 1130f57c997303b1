/** @file Remembers the end of what a process prints. */
import { finished } from 'node:stream/promises'

/** Enough for a native library's complaint and a stack. */
const keptCharacters = 4000

export interface LastLines {
  /** The end of what has been printed so far. */
  text(): string
  /** Resolves when nothing more will be printed. */
  complete: Promise<unknown>
}

/** Reads the streams as they come, so that they never block the process, and keeps their end. */
export function lastLines(streams: readonly NodeJS.ReadableStream[]): LastLines {
  let kept = ''
  for (const stream of streams) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      kept = (kept + text).slice(-keptCharacters)
    })
  }
  return {
    text: () => kept.trim(),
    complete: Promise.allSettled(streams.map((stream) => finished(stream))),
  }
}
