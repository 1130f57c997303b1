import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { failure, maskbench } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()

const ffmpeg = (...words: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...words])

async function grey(path: string, width: number, height: number, value: number): Promise<void> {
  const data = new Uint8Array(width * height)
  data.fill(value, 0, 40)
  await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path)
}

const square = '[[10,10],[40,10],[40,40],[10,40]]'
const regions = {
  'two.json': `{"rois":[{"name":"a","points":${square}},{"name":"a","points":${square}}]}`,
  'crossing.json': '{"rois":[{"name":"a","points":[[10,10],[40,40],[40,10],[10,40]]}]}',
  'line.json': '{"rois":[{"name":"a","points":[[10,10],[40,40]]}]}',
  'outside.json': '{"rois":[{"name":"a","points":[[10,10],[400,10],[40,40]]}]}',
  'comment.json': '{"rois":[ // here\n]}',
  'comma.json': `{"rois":[{"name":"a"\n "points":${square}}]}`,
}

describe('Bad input', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>

  beforeAll(async () => {
    dataFolder = await freshDataFolder()
    const tape = temporary('tape.mp4')
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25', '-frames:v', '30', tape)
    ffmpeg('-f', 'lavfi', '-i', 'sine', '-t', '1', temporary('sound.wav'))
    ffmpeg('-f', 'lavfi', '-i', 'sine', '-t', '1', temporary('sound.mp4'))
    await writeFile(temporary('empty.mp4'), '')
    await writeFile(temporary('text.mp4'), 'this is not a video\n'.repeat(400))
    await writeFile(temporary('list.m3u8'), `#EXTM3U\n#EXTINF:1,\n${tape}\n`)
    await writeFile(temporary('list.mp4'), `ffconcat version 1.0\nfile '${tape}'\n`)
    await mkdir(temporary('folder'))
    await writeFile(temporary('folder', 'readme.txt'), 'nothing')
    for (const [name, text] of Object.entries(regions)) await writeFile(temporary(name), text)
    await mkdir(temporary('masks'))
    await grey(temporary('masks', '000003.png'), 50, 50, 255)
    await grey(temporary('000004.png'), 96, 64, 77)
    await grey(temporary('000099.png'), 96, 64, 255)
    await writeFile(temporary('broken.onnx'), 'not an onnx file')
    const { code } = await maskbench('create', temporary('p.maskbench'), '--tape', tape)
    expect(code).toBe(0)
  })
  afterAll(() => dataFolder.remove())

  it.each([
    ['missing.mp4', 'no-such-file', /missing\.mp4/],
    ['empty.mp4', 'empty-file', /empty\.mp4/],
    ['text.mp4', 'not-a-video', /text\.mp4/],
    ['sound.wav', 'no-video-stream', /sound/],
    ['sound.mp4', 'no-video-stream', /sound/],
    ['list.m3u8', 'playlist-refused', /list\.m3u8.*other files/],
    ['list.mp4', 'playlist-refused', /list\.mp4.*other files/],
    ['folder', 'is-a-directory', /folder/],
  ])('%s is no tape: %s, and no project is left behind', async (file, code, message) => {
    const error = await failure('create', temporary('x.maskbench'), '--tape', temporary(file))
    expect(error).toMatchObject({ exit: 2, code })
    expect(error.message).toMatch(message)
    expect(error.hint).not.toBe('')
    expect(await readdir(temporary())).not.toContain('x.maskbench')
  })

  it.each([
    [['--crop', '0,0,97,64'], /crop: 0,0,97,64 .* reaches beyond the tape, which is 96x64/],
    [['--crop', '0,0,0,0'], /crop/],
    [['--size', '0x0'], /size/],
    [['--size', '100000x100000'], /size.*100000/],
    [['--size', 'large'], /"large" given, WxH expected/],
    [['--lens', '48,32,40,0'], /lens\.fov: 0/],
    [['--lens', '48,32,40,400'], /lens\.fov: 400/],
    [['--lens', '48,32'], /CX,CY,RADIUS/],
    [['--lens', '48,32,40', '--view', '0,0,0,400'], /view\.hfov: 400/],
    [['--view', '0,0,0,90'], /a view needs a lens/],
  ])('the recipe %j is refused, and no project is left behind', async (words, message) => {
    const tape = temporary('tape.mp4')
    const error = await failure('create', temporary('x.maskbench'), '--tape', tape, ...words)
    expect(error).toMatchObject({ exit: 2, code: 'bad-recipe' })
    expect(error.message).toMatch(message)
    expect(await readdir(temporary())).not.toContain('x.maskbench')
  })

  it('a start time that is none is refused before the tape is read', async () => {
    const error = await failure(
      ...['create', temporary('x.maskbench'), '--tape', temporary('tape.mp4'), '--start', 'noon'],
    )
    expect(error).toMatchObject({ exit: 2, code: 'bad-value' })
    expect(error.message).toContain('"noon"')
  })

  it.each([
    ['two.json', 'bad-region', /two regions with this name/],
    ['crossing.json', 'bad-region', /"a".*crosses/],
    ['line.json', 'bad-region', /"a".*2 different points/],
    ['outside.json', 'bad-region', /"a".*outside the picture of 96x64/],
    ['comment.json', 'bad-json', /line 1, column 11/],
    ['comma.json', 'bad-json', /line 2, column 2/],
    ['missing.json', 'no-such-file', /missing\.json/],
  ])('the regions of %s are refused and the old ones stay', async (file, code, message) => {
    const project = temporary('p.maskbench')
    await maskbench('roi', 'grid', project, '2x1')
    const error = await failure('roi', 'import', project, temporary(file))
    expect(error).toMatchObject({ exit: 2, code })
    expect(error.message).toMatch(message)
    const { json } = await maskbench('roi', 'list', project)
    expect(json).toMatchObject({ rois: [{ name: 'r1c1' }, { name: 'r1c2' }] })
  })

  it.each([
    ['masks', 'mask-size-differs', /000003\.png is 50x50; the tape is 96x64/],
    ['000004.png', 'undeclared-values', /000004\.png .*77 \(40 px\)/],
    ['000099.png', 'no-such-frame', /frame 99, which does not exist/],
    ['folder', 'bad-mask', /holds no mask/],
  ])('the masks in %s are refused and nothing is stored', async (file, code, message) => {
    const project = temporary('p.maskbench')
    const error = await failure('labels', 'import', project, '--masks', temporary(file))
    expect(error).toMatchObject({ exit: 2, code })
    expect(error.message).toMatch(message)
    expect((await maskbench('labels', 'list', project)).json).toEqual({ labels: [] })
  })

  it.each([
    [['count', '--threshold', 'NaN'], 'bad-value', /--threshold is "NaN"/],
    [['count', '--threshold', '-1'], 'bad-value', /at least 0/],
    [['infer', '--frames', '0-99'], 'no-such-frame', /"0-99" goes beyond the tape/],
    [['infer', '--frames', 'all'], 'bad-value', /"all" is not a frame/],
    [['infer', '--device', 'quantum'], 'no-such-device', /'quantum' is not there.*cpu/],
    [['infer', '--model', 'nobody'], 'no-such-model', /"nobody"/],
    [['infer', '--tape', '7'], 'no-such-tape', /no tape 7/],
    [['count'], 'no-such-run', /no run/],
    [['count', '--run', '7'], 'no-such-run', /no run 7/],
    [['frame', '30'], 'no-such-frame', /no frame 30/],
    [['frame', '3', '--view', 'mask'], 'bad-mask', /frame 3 has no label/],
  ])('%j is refused', async ([command = '', ...words], code, message) => {
    const error = await failure(command, temporary('p.maskbench'), ...words)
    expect(error).toMatchObject({ exit: 2, code })
    expect(error.message).toMatch(message)
  })

  it('a broken network is refused', async () => {
    const error = await failure('models', 'add', temporary('p.maskbench'), temporary('broken.onnx'))
    expect(error).toMatchObject({ exit: 2, code: 'bad-model' })
    expect(error.message).toContain('broken.onnx')
  })

  it('a folder that is no project is refused', async () => {
    const error = await failure('info', temporary('folder'))
    expect(error).toMatchObject({ exit: 2, code: 'not-a-project' })
  })

  it('a project is never made over another one', async () => {
    const project = temporary('p.maskbench')
    const error = await failure('create', project, '--tape', temporary('tape.mp4'))
    expect(error).toMatchObject({ exit: 2, code: 'project-exists' })
    expect((await maskbench('info', project)).code).toBe(0)
  })

  it('a file that has taken the place of the tape is not read', async () => {
    const project = temporary('swapped.maskbench')
    await copyFile(temporary('tape.mp4'), temporary('swapped.mp4'))
    await maskbench('create', project, '--tape', temporary('swapped.mp4'))
    await writeFile(temporary('swapped.mp4'), (await readFile(temporary('tape.mp4'))).subarray(9))
    const error = await failure('frame', project, 0, '--out', temporary('swapped.png'))
    expect(error).toMatchObject({ exit: 2, code: 'tape-changed' })
    expect(error.hint).toContain('relink')
  })

  it('a tape that was cut short is opened as far as it goes', async () => {
    ffmpeg('-i', temporary('tape.mp4'), '-c', 'copy', '-movflags', 'faststart', temporary('w.mp4'))
    const whole = await readFile(temporary('w.mp4'))
    await writeFile(temporary('cut.mp4'), whole.subarray(0, Math.floor(whole.length * 0.6)))
    const { code, json } = await maskbench(
      ...['create', temporary('cut.maskbench'), '--tape', temporary('cut.mp4')],
    )
    expect(code).toBe(0)
    expect(json).toMatchObject({ tape: { problem: expect.stringMatching(/./) } })
  })
})
