/** @file Small pictures of a set and their masks, as addresses for `img`. */
import { unpackMask } from '../../../../shared/mask-codec.ts'
import { composeInto } from '../../annotate/overlay/compose.ts'
import { Thumbnails } from '../../annotate/strip/thumbnails.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'

async function bytesAt(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await failureOf(response)
  return response.blob()
}

/** Thumbnails by their address. */
export function smallPictures(): Thumbnails {
  return new Thumbnails({
    ...{ drop: URL.revokeObjectURL, atOnce: 3, keep: 600 },
    load: async (address, signal) => URL.createObjectURL(await bytesAt(address, signal)),
  })
}

/** What a mask shows through, 0 … 255. */
const alpha = 165

/** Colours of classes as text, so that they can be a part of a key. */
export function paletteKey(palette: Uint32Array): string {
  return palette.join(' ')
}

async function paint(address: string, palette: Uint32Array, signal: AbortSignal): Promise<Blob> {
  const bytes = await (await bytesAt(address, signal)).arrayBuffer()
  const { width, height, data } = unpackMask(new Uint8Array(bytes))
  const pixels = new Uint32Array(width * height)
  const rect = { x: 0, y: 0, width, height }
  composeInto(pixels, rect, { width, height, mask: data, palette, proposal: null, onion: null })
  const canvas = new OffscreenCanvas(width, height)
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  return canvas.convertToBlob()
}

/** Masks in colours, by `maskKey`. */
export function smallMasks(): Thumbnails {
  return new Thumbnails({
    ...{ drop: URL.revokeObjectURL, atOnce: 2, keep: 600 },
    async load(key, signal) {
      const [address = '', colours = ''] = key.split('\n')
      const palette = Uint32Array.from(colours.split(' ').map(Number)).map((pixel) =>
        pixel === 0 ? 0 : ((pixel & 0xffffff) | (alpha << 24)) >>> 0,
      )
      return URL.createObjectURL(await paint(address, palette, signal))
    },
  })
}

export const maskKey = (address: string, colours: string): string => `${address}\n${colours}`
