import { useEffect, useState } from 'react'
import { byteAddress } from '../../../shared/byte-routes.ts'
import { type LivePicture, unpackLivePicture } from '../../../shared/live-picture.ts'
import type { Size } from '../../../shared/recipe.ts'
import { tintedCanvas } from '../review/picture/prediction.ts'
import { askForBytes } from '../state/ask-for-bytes.ts'
import { failureOf } from '../state/bytes-failure.ts'

export interface ShownLivePicture {
  picture: ImageBitmap
  size: Size
  /** What the network sees in it, of the picture's size. */
  people: OffscreenCanvas
}

const noContent = 204
const pauseAfterFailureMs = 1000

/** The map is coarser than the picture; between its pixels it is smooth. */
function overlayOf({ map }: LivePicture, size: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.imageSmoothingQuality = 'high'
  context.drawImage(tintedCanvas(map), 0, 0, size.width, size.height)
  return canvas
}

async function shown(live: LivePicture): Promise<ShownLivePicture> {
  const picture = await createImageBitmap(
    new Blob([new Uint8Array(live.jpeg)], { type: 'image/jpeg' }),
  )
  const size = { width: picture.width, height: picture.height }
  return { picture, size, people: overlayOf(live, size) }
}

/** The camera's pictures, one after the other as fast as they are shown; null before the first. */
export function useLivePicture(handle: string, isThere: boolean): ShownLivePicture | null {
  const [latest, setLatest] = useState<ShownLivePicture | null>(null)
  useEffect(() => {
    if (!isThere) return
    const ended = new AbortController()
    const { signal } = ended
    const follow = async (): Promise<void> => {
      for (let after = 0; !signal.aborted; ) {
        const response = await askForBytes(byteAddress.livePicture(handle, after), signal)
        if (response.status === noContent) continue
        if (!response.ok) throw await failureOf(response)
        const live = unpackLivePicture(new Uint8Array(await response.arrayBuffer()))
        after = live.number
        const next = await shown(live)
        if (!signal.aborted) setLatest(next)
      }
    }
    const keepFollowing = (): void => {
      follow().catch(() => {
        // What is wrong with the camera, its state says; a page that was asleep asks again.
        if (!signal.aborted) setTimeout(keepFollowing, pauseAfterFailureMs)
      })
    }
    keepFollowing()
    return () => ended.abort()
  }, [handle, isThere])
  return latest
}
