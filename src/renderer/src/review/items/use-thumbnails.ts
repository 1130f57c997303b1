import { useMemo } from 'react'
import { Thumbnails } from '../../annotate/strip/thumbnails.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'

async function loadThumbnail(address: string, signal: AbortSignal): Promise<string> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await failureOf(response)
  return URL.createObjectURL(await response.blob())
}

/** The thumbnails of a list, as long as it is there. */
export function useThumbnails(): Thumbnails {
  return useMemo(() => new Thumbnails({ load: loadThumbnail, drop: URL.revokeObjectURL }), [])
}
