import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { indexTape, openReader, probeTape } from '../../../src/engine/media/tape.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { ffmpeg, framesByFfmpeg, makeClip } from './clips.ts'
import { checksumsOf, largestDifference, readList, readShuffled } from './pictures.ts'

const temporary = temporaryFolder()
const h264 = '-c:v libx264 -preset veryfast -g 12 -bf 3'

/** The same file with some bytes replaced: `patch` gets its content to change in place. */
async function patched(path: string, copy: string, patch: (file: Buffer) => void): Promise<string> {
  const file = await readFile(path)
  patch(file)
  await writeFile(copy, file)
  return copy
}

describe('a tape of variable frame rate', () => {
  it('keeps the time of every frame', async () => {
    const path = temporary('variable.mkv')
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=50', '-frames:v', '40'],
      ...['-vf', "select='not(mod(n,3))+lt(n,10)'", '-fps_mode', 'vfr'],
      ...[...h264.split(' '), path],
    )
    const index = await indexTape(path)
    const expected = await framesByFfmpeg(path)
    expect([...index.checksums]).toEqual(expected.checksums)
    expect([...index.pts]).toEqual(expected.pts)
    expect(await readShuffled(index)).toEqual(checksumsOf(await readList(index)))
  })
})

describe('a tape with an edit list', () => {
  it('begins where the edit list says', async () => {
    const whole = await makeClip(temporary('whole.mp4'), h264, 50)
    const path = temporary('edited.mp4')
    await ffmpeg('-ss', '0.5', '-i', whole, '-c', 'copy', path)
    const index = await indexTape(path)
    const expected = await framesByFfmpeg(path)
    expect(index.frames).toBeLessThan(50)
    expect([...index.checksums]).toEqual(expected.checksums)
    expect(index.problem).toBeNull()
    expect(await readShuffled(index)).toEqual(checksumsOf(await readList(index)))
  })
})

describe('a container that claims a wrong number of frames', () => {
  const claim = (frames: number) => (file: Buffer) => {
    // dwTotalFrames of the main header and dwLength of the stream header.
    file.writeUInt32LE(frames, file.indexOf('avih') + 8 + 16)
    file.writeUInt32LE(frames, file.indexOf('strh') + 8 + 32)
  }

  it.each([
    ['too many', 500, /ends after 1\.4 s although its headers announce 20\.0 s; 36 frames/],
    ['too few', 5, null],
  ])('is not believed when it claims %s', async (_, frames, problem) => {
    const clip = await makeClip(temporary('honest.avi'), '-c:v mpeg4 -g 12')
    const index = await indexTape(await patched(clip, temporary('liar.avi'), claim(frames)))
    expect([...index.checksums]).toEqual((await framesByFfmpeg(clip)).checksums)
    if (problem) expect(index.problem).toMatch(problem)
    else expect(index.problem).toBeNull()
    expect(await readShuffled(index)).toEqual(checksumsOf(await readList(index)))
  })
})

/** The orientations of a display matrix: [a, b, c, d] and the size of the upright picture. */
const orientations: [name: string, matrix: number[], size: string][] = [
  ['upright', [1, 0, 0, 1], '96x64'],
  ['turned right', [0, 1, -1, 0], '64x96'],
  ['upside down', [-1, 0, 0, -1], '96x64'],
  ['turned left', [0, -1, 1, 0], '64x96'],
  ['mirrored', [-1, 0, 0, 1], '96x64'],
  ['mirrored upside down', [1, 0, 0, -1], '96x64'],
  ['mirrored and turned right', [0, -1, -1, 0], '64x96'],
  ['mirrored and turned left', [0, 1, 1, 0], '64x96'],
]

describe('rotation metadata', () => {
  it.each(orientations)('sets a tape upright that is %s', async (name, [a, b, c, d], size) => {
    const clip = await makeClip(temporary('flat.mp4'), h264, 2)
    const path = await patched(clip, temporary(`${name}.mp4`), (file) => {
      const matrix = file.indexOf('tkhd') + 4 + 40
      for (const [at, value] of [
        [0, a],
        [1, b],
        [3, c],
        [4, d],
      ])
        file.writeInt32BE((value ?? 0) * 65536, matrix + (at ?? 0) * 4)
    })
    const index = await indexTape(path)
    expect(`${index.info.width}x${index.info.height}`).toBe(size)
    expect([...index.checksums]).toEqual((await framesByFfmpeg(path)).checksums)
    const upright = await ffmpeg('-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-')
    const [picture] = await readList(index, [0])
    expect(`${picture?.width}x${picture?.height}`).toBe(size)
    const expected = upright.subarray(0, 96 * 64 * 3)
    expect(largestDifference(picture?.data ?? expected, expected)).toBeLessThan(12)
  })
})

describe('pixels that are not square', () => {
  it.each([
    ['wide', '4/3', 128, 64],
    ['tall', '8/9', 96, 72],
  ])('are made square when they are %s', async (_, ratio, width, height) => {
    const path = await makeClip(temporary('pixels.mp4'), `-vf setsar=${ratio} ${h264}`, 2)
    const index = await indexTape(path)
    expect([index.info.width, index.info.height]).toEqual([width, height])
    expect([...index.checksums]).toEqual((await framesByFfmpeg(path)).checksums)
    // Colours are converted in a step of their own, as a reader does it.
    const scale = `scale=${width}:${height}:flags=bicubic,format=yuv420p`
    const expected = await ffmpeg(
      ...['-i', path, '-vf', scale, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    )
    const [picture] = await readList(index, [0])
    expect(largestDifference(picture?.data ?? new Uint8Array(), expected)).toBeLessThan(12)
  })
})

describe('an interlaced tape', () => {
  const interlaced = '-vf interlace -c:v libx264 -preset veryfast -flags +ildct+ilme -g 12 -bf 2'

  it('is deinterlaced as ffmpeg does it, frame by frame', async () => {
    const path = await makeClip(temporary('fields.mkv'), interlaced, 30)
    const index = await indexTape(path)
    const expected = await framesByFfmpeg(path)
    expect([...index.checksums]).toEqual(expected.checksums)
    expect(index.info.decoding.deinterlace).toBe('flagged')
    const raw = await ffmpeg(
      ...['-i', path, '-vf', 'bwdif=mode=send_frame:deint=interlaced', '-fps_mode', 'passthrough'],
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    )
    const pictures = await readList(index)
    expect(raw.length).toBe(pictures.length * 96 * 64 * 3)
    // Versions of FFmpeg differ in what they take for the frame before the first.
    for (const { frame, data } of pictures.slice(1)) {
      const size = data.length
      expect(largestDifference(data, raw.subarray(frame * size, (frame + 1) * size))).toBeLessThan(
        12,
      )
    }
    expect(await readShuffled(index)).toEqual(checksumsOf(pictures))
  })

  it('keeps its fields when told so', async () => {
    const path = await makeClip(temporary('kept.mkv'), interlaced, 4)
    const index = await indexTape(path)
    const info = {
      ...index.info,
      decoding: { ...index.info.decoding, deinterlace: 'never' } as const,
    }
    await using reader = await openReader(info, index, { filters: '' })
    const kept = Uint8Array.from((await reader.read(2)).data)
    const [deinterlaced] = await readList(index, [2])
    expect(largestDifference(kept, deinterlaced?.data ?? kept)).toBeGreaterThan(20)
  })
})

/** [name, size, encoder arguments]: one colour, stored by these rules, must come back as it was. */
const colours: [rule: string, size: string, encoder: string][] = [
  ['BT.601 without metadata below 720 lines', '64x64', '-vf scale=out_color_matrix=bt601'],
  ['BT.709 without metadata from 720 lines on', '64x720', '-vf scale=out_color_matrix=bt709'],
  ['BT.709 by metadata', '64x64', '-vf scale=out_color_matrix=bt709 -colorspace bt709'],
  ['BT.601 by metadata', '64x720', '-vf scale=out_color_matrix=bt601 -colorspace smpte170m'],
  ['the full range', '64x64', '-vf scale=out_color_matrix=bt601:out_range=full -color_range pc'],
  ['10 bits', '64x64', '-vf scale=out_color_matrix=bt601 -c:v ffv1 -pix_fmt yuv420p10le'],
  ['4:4:4', '64x64', '-vf scale=out_color_matrix=bt601 -pix_fmt yuv444p'],
  ['RGB', '64x64', '-c:v ffv1 -pix_fmt bgr0'],
]

describe('colours', () => {
  it.each(colours)('are read by %s', async (_, size, encoder) => {
    const path = temporary('colour.mkv')
    await ffmpeg(
      ...['-f', 'lavfi', '-i', `color=0xC83C28:size=${size}:rate=5,format=rgb24`, '-frames:v', '2'],
      ...['-c:v', 'libx264', '-crf', '1', '-pix_fmt', 'yuv420p', ...encoder.split(' '), path],
    )
    const index = await indexTape(path)
    expect([...index.checksums]).toEqual((await framesByFfmpeg(path)).checksums)
    const [picture] = await readList(index, [1])
    const middle = picture?.data.subarray(0, 3) ?? new Uint8Array(3)
    expect(largestDifference(middle, Uint8Array.of(0xc8, 0x3c, 0x28))).toBeLessThanOrEqual(3)
  })
})

describe('a tape that was cut off', () => {
  it.each([
    ['mp4', `${h264} -movflags +faststart`],
    ['mkv', h264],
    ['avi', '-c:v mpeg4 -g 12'],
    ['ts', h264],
  ])(
    'opens as %s with the frames there are, and says what is missing',
    async (extension, encoder) => {
      const whole = await makeClip(temporary(`whole.${extension}`), encoder, 60)
      const path = temporary(`cut.${extension}`)
      const file = await readFile(whole)
      await writeFile(path, file.subarray(0, Math.round(file.length * 0.55)))
      const index = await indexTape(path)
      expect(index.frames).toBeGreaterThan(15)
      expect(index.frames).toBeLessThan(60)
      expect([...index.checksums]).toEqual((await framesByFfmpeg(path)).checksums)
      expect(index.problem).toMatch(/headers announce|damaged or missing/)
      expect(index.problem).toContain(`${index.frames} frames can be used`)
      expect(await readShuffled(index)).toEqual(checksumsOf(await readList(index)))
    },
  )

  it('says so when nothing is left that tells how to read it', async () => {
    const whole = await makeClip(temporary('tail.mp4'), h264, 20)
    const path = temporary('headless.mp4')
    const file = await readFile(whole)
    await writeFile(path, file.subarray(0, file.length - 1200))
    await expect(probeTape(path)).rejects.toMatchObject({
      code: 'tape-unreadable',
      message: expect.stringContaining('headless.mp4'),
    })
  })
})

describeWithShared('vtest.avi', () => {
  it('has the frames that ffmpeg decodes, also by random access', async () => {
    const path = sharedPath('data', 'vtest', 'vtest.avi')
    const index = await indexTape(path)
    expect([...index.checksums]).toEqual((await framesByFfmpeg(path)).checksums)
    const first = await readList(
      index,
      Array.from({ length: 60 }, (_, frame) => frame),
    )
    expect(first.map(({ frame }) => frame)).toEqual(Array.from({ length: 60 }, (_, i) => i))
    const scattered = checksumsOf(await readList(index, [17, 44, 250, 259, 530, 794]))
    await using reader = await openReader(index.info, index, { filters: '' })
    for (const frame of [530, 17, 794, 250, 44, 259])
      expect(checksumsOf([await reader.read(frame)]).get(frame)).toBe(scattered.get(frame))
    expect(checksumsOf(first).get(44)).toBe(scattered.get(44))
  })
})
