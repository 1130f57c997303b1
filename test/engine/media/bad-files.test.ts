import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { indexTape, probeTape } from '../../../src/engine/media/tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { ffmpeg, makeClip } from './clips.ts'

const run = promisify(execFile)
const temporary = temporaryFolder()

/** [what, file name, its content]: text that points elsewhere. */
const playlists: [what: string, name: string, text: string][] = [
  ['an HLS playlist', 'list.m3u8', '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nclip.mp4\n'],
  ['an HLS playlist that pretends to be a video', 'list.mp4', '#EXTM3U\n#EXTINF:9,\nclip.mp4\n'],
  ['a plain playlist', 'list.m3u', '\uFEFF#EXTM3U\nclip.mp4\n'],
  ['a concat script', 'list.ffconcat', 'ffconcat version 1.0\nfile clip.mp4\n'],
  ['a concat list without a header', 'list.txt', "file 'clip.mp4'\n"],
  [
    'a DASH manifest',
    'list.mpd',
    '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
  ],
  [
    'a session description',
    'list.sdp',
    'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nt=0 0\nm=video 5 RTP/AVP 96\n',
  ],
  ['a Winamp playlist', 'list.pls', '[playlist]\nFile1=clip.mp4\n'],
]

beforeAll(async () => {
  await makeClip(temporary('clip.mp4'), '-c:v libx264', 3)
})

describe('a file that is no tape', () => {
  it.each(playlists)('is refused unopened: %s', async (_, name, text) => {
    await writeFile(temporary(name), text)
    await expect(probeTape(temporary(name))).rejects.toMatchObject({
      code: 'playlist-refused',
      message: expect.stringMatching(/list.*points to other files or addresses; it was not opened/),
    })
  })

  it('does not make the program ask the network', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked++
      response.end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const url = `http://127.0.0.1:${port}/a.mp4`
    await writeFile(temporary('net.m3u8'), `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${url}\n`)
    await expect(indexTape(temporary('net.m3u8'))).rejects.toMatchObject({
      code: 'playlist-refused',
    })
    await expect(probeTape(url)).rejects.toMatchObject({ code: 'no-such-file' })
    server.close()
    expect(asked).toBe(0)
  })

  it.each(['wav', 'mp3', 'ogg', 'm4a', 'flac'])(
    'is refused when it is sound: %s',
    async (ending) => {
      const path = temporary(`sound.${ending}`)
      await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=0.5', path)
      await expect(probeTape(path)).rejects.toMatchObject({
        code: 'no-video-stream',
        message: expect.stringMatching(
          /sound\.\w+ holds (sound but no pictures|no moving pictures)/,
        ),
      })
    },
  )

  it('is refused when its only picture is a cover', async () => {
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'sine=duration=0.5', '-f', 'lavfi', '-i', 'color=red:size=32x32'],
      ...[
        '-frames:v',
        '1',
        '-c:v',
        'mjpeg',
        '-disposition:v',
        'attached_pic',
        temporary('cover.m4a'),
      ],
    )
    await expect(probeTape(temporary('cover.m4a'))).rejects.toMatchObject({
      code: 'no-video-stream',
    })
  })

  it('is refused when it does not exist, is empty, text or noise', async () => {
    await writeFile(temporary('empty.mp4'), '')
    await writeFile(temporary('text.mp4'), 'hello there\n')
    await writeFile(
      temporary('noise.mp4'),
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251)),
    )
    const reasons = [
      ['missing.mp4', 'no-such-file', /missing\.mp4 does not exist/],
      ['empty.mp4', 'empty-file', /empty\.mp4 is empty/],
      ['text.mp4', 'not-a-video', /text\.mp4 is not a video/],
      ['noise.mp4', 'not-a-video', /noise\.mp4 is not a video/],
    ] as const
    for (const [name, code, message] of reasons)
      await expect(probeTape(temporary(name))).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      })
  })

  it('is refused when it is a single picture, with the way to use it', async () => {
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x64', '-frames:v', '1', temporary('one.png'))
    await expect(probeTape(temporary('one.png'))).rejects.toMatchObject({
      code: 'not-a-video',
      message: expect.stringContaining('is a single picture'),
      hint: expect.stringContaining('folder'),
    })
  })

  it('is refused when it is a folder without images', async () => {
    await mkdir(temporary('folder'))
    await expect(probeTape(temporary('folder'))).rejects.toMatchObject({
      code: 'is-a-directory',
      message: expect.stringContaining('folder without images'),
    })
  })

  it.skipIf(process.platform === 'win32')('is refused unread when it is a named pipe', async () => {
    await run('mkfifo', [temporary('pipe.mp4')])
    await expect(probeTape(temporary('pipe.mp4'))).rejects.toMatchObject({
      code: 'not-a-video',
      message: expect.stringContaining('not a regular file'),
    })
  })
})

describe('a file whose name looks like something else', () => {
  it.each(['concat:b.mp4', 'http:x.mp4', '%03d.mp4', 'ü ~ ?.mp4'])(
    'is opened: %s',
    async (name) => {
      const path = await makeClip(temporary('plain.mp4'), '-c:v libx264', 3)
      await run('cp', [path, temporary(name)])
      expect((await indexTape(temporary(name))).frames).toBe(3)
    },
  )
})
