import { beforeAll, describe, expect, it } from 'vitest'
import { indexTape } from '../../../src/engine/media/tape.ts'
import type { TapeIndex } from '../../../src/engine/media/types.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { framesByFfmpeg, makeClip } from './clips.ts'
import { checksumsOf, everyFrame, readList, readShuffled } from './pictures.ts'

const temporary = temporaryFolder()

const h264 = '-c:v libx264 -preset veryfast -g 12'
const hevc = '-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=12'

/** One row per kind of tape: what it shows, the file's ending, FFmpeg's arguments. */
const kinds: [shows: string, extension: string, encoder: string][] = [
  ['H.264 with B-frames in mp4', 'mp4', `${h264} -bf 3`],
  ['H.264 in mkv', 'mkv', h264],
  ['H.264 in mov', 'mov', h264],
  ['H.264 in avi', 'avi', `${h264} -bf 0`],
  ['H.264 in ts', 'ts', h264],
  ['H.264 with open GOPs', 'mp4', `${h264} -bf 3 -x264-params open-gop=1:scenecut=0`],
  ['H.264 with open GOPs in ts', 'ts', `${h264} -bf 3 -x264-params open-gop=1:scenecut=0`],
  ['H.264 with intra refresh', 'mp4', '-c:v libx264 -x264-params intra-refresh=1:keyint=12'],
  ['H.264 with intra refresh in mkv', 'mkv', '-c:v libx264 -x264-params intra-refresh=1:keyint=12'],
  ['H.264 with intra refresh in ts', 'ts', '-c:v libx264 -x264-params intra-refresh=1:keyint=12'],
  ['H.264 without a container', 'h264', h264],
  ['HEVC in mp4', 'mp4', `${hevc}:open-gop=0`],
  ['HEVC with open GOPs in mp4', 'mp4', `${hevc}:open-gop=1:bframes=4`],
  ['HEVC with open GOPs in mkv', 'mkv', `${hevc}:open-gop=1:bframes=4`],
  ['HEVC in ts', 'ts', hevc],
  ['VP9 in webm', 'webm', '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12'],
  [
    'VP9 with hidden frames in mkv',
    'mkv',
    '-c:v libvpx-vp9 -cpu-used 8 -auto-alt-ref 1 -lag-in-frames 16 -g 12 -b:v 200k',
  ],
  ['AV1 in mkv', 'mkv', '-c:v libaom-av1 -cpu-used 8 -usage realtime -g 12'],
  ['AV1 in mp4', 'mp4', '-c:v libaom-av1 -cpu-used 8 -usage realtime -g 12'],
  ['MPEG-4 in avi', 'avi', '-c:v mpeg4 -g 12'],
  ['MPEG-4 with B-frames in avi', 'avi', '-c:v mpeg4 -bf 2 -g 12'],
  ['MPEG-4 with B-frames in mp4', 'mp4', '-c:v mpeg4 -bf 2 -g 12'],
  ['MS-MPEG4 v2 in avi', 'avi', '-c:v msmpeg4v2 -g 12'],
  ['MS-MPEG4 v3 in avi', 'avi', '-c:v msmpeg4 -g 12'],
  ['Windows Media in asf', 'wmv', '-c:v wmv2 -g 12'],
  ['MPEG-2 with B-frames', 'mpg', '-c:v mpeg2video -bf 2 -g 12'],
  ['Motion JPEG in avi', 'avi', '-c:v mjpeg -pix_fmt yuvj420p'],
  ['Motion JPEG without a container', 'mjpeg', '-c:v mjpeg -pix_fmt yuvj420p'],
]

describe.each(kinds)('%s', (shows, extension, encoder) => {
  let path = ''
  let index: TapeIndex
  let inOrder: Map<number, number>

  beforeAll(async () => {
    path = await makeClip(temporary(`${shows}.${extension}`), encoder)
    index = await indexTape(path)
    inOrder = checksumsOf(await readList(index))
  })

  it('has the frames that ffmpeg decodes, in its order', async () => {
    expect([...index.checksums]).toEqual((await framesByFfmpeg(path)).checksums)
    expect(index.problem).toBeNull()
  })

  it('gives the same picture whichever frame was read before', async () => {
    expect(await readShuffled(index)).toEqual(inOrder)
  })

  it('gives the same pictures for a list with gaps', async () => {
    const list = everyFrame(index).filter((frame) => frame % 13 > 10)
    const expected = new Map(list.map((frame) => [frame, inOrder.get(frame)]))
    expect(checksumsOf(await readList(index, list))).toEqual(expected)
  })
})
