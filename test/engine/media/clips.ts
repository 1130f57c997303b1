/** @file Makes small clips of every kind with Debian's ffmpeg, and asks it what is in them. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export async function ffmpeg(...args: string[]): Promise<Buffer> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-y', ...args], {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
  })
  return stdout
}

/** Moving, colourful and noisy, so that no two frames are alike. */
const moving = 'testsrc2=size=96x64:rate=25,noise=alls=12:allf=t:all_seed=1'

/** Encodes `frames` frames of a moving picture with these encoder arguments. */
export async function makeClip(path: string, encoder: string, frames = 36): Promise<string> {
  await ffmpeg(
    ...['-f', 'lavfi', '-i', moving, '-frames:v', String(frames), '-pix_fmt', 'yuv420p'],
    ...encoder.split(' '),
    ...['-threads', '1', path],
  )
  return path
}

/**
 * CRC-32 of every frame's planes and its timestamp, as the ffmpeg program sees them. One thread,
 * because its concealment of damage depends on their timing; exact arithmetic, because old
 * decoders round to the processor's liking otherwise.
 */
export async function framesByFfmpeg(
  path: string,
): Promise<{ checksums: number[]; pts: number[] }> {
  const listing = await ffmpeg(
    ...[
      '-threads',
      '1',
      '-flags',
      '+bitexact',
      '-noautorotate',
      '-i',
      path,
      '-map',
      '0:v:0',
      '-fps_mode',
      'passthrough',
    ],
    ...['-enc_time_base', '-1', '-f', 'framehash', '-hash', 'CRC32', '-'],
  )
  const lines = listing.toString().split('\n')
  const cells = lines.filter((line) => /^0,/.test(line)).map((line) => line.split(','))
  return {
    checksums: cells.map((cell) => Number.parseInt(cell.at(-1)?.trim() ?? '', 16)),
    pts: cells.map((cell) => Number(cell[2])),
  }
}
