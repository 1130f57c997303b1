import { describe, expect, it } from 'vitest'
import {
  parseLiveAddress,
  scrub,
  secretsOf,
  withoutSecrets,
} from '../../src/shared/live-address.ts'
import { caught } from '../fixtures/caught.ts'

describe('an address without its secrets', () => {
  it.each([
    ['rtsp://192.168.1.20:554/stream1', 'rtsp://192.168.1.20:554/stream1'],
    ['rtsp://admin:hunter2@192.168.1.20/stream1', 'rtsp://…@192.168.1.20/stream1'],
    ['rtsp://admin@192.168.1.20/', 'rtsp://…@192.168.1.20/'],
    ['rtsp://admin:p@ss@cam.local/x', 'rtsp://…@cam.local/x'],
    ['rtsp://admin:pa/ss@cam.local/x', 'rtsp://…@cam.local/x'],
    ['rtsp://admin:pa?ss@cam.local/x', 'rtsp://…@cam.local/x'],
    ['rtsp://[fe80::1]:554/x', 'rtsp://[fe80::1]:554/x'],
    ['http://cam/video?token=abc&channel=1', 'http://cam/video?token=…&channel=1'],
    [
      'rtsp://cam/cam/realmonitor?channel=1&subtype=0',
      'rtsp://cam/cam/realmonitor?channel=1&subtype=0',
    ],
    ['rtsp://cam/user=admin&password=x&stream=0.sdp', 'rtsp://cam/user=…&password=…&stream=0.sdp'],
    ['rtsps://cam:7441/Ab3dEf6hIj9kLm2n?enableSrtp', 'rtsps://cam:7441/…?enableSrtp'],
    ['http://cam/axis-cgi/mjpg/video.cgi', 'http://cam/axis-cgi/mjpg/video.cgi'],
    ['webcam:1', 'webcam:1'],
    ['/dev/video0', '/dev/video0'],
  ])('%s is shown as %s', (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown)
  })

  it('leaves nothing of what it calls a secret', () => {
    const address = 'http://anna:top%20secret@cam/live/Ab3dEf6hIj9kLm2n?key=k3y&channel=2'
    const found = secretsOf(address)
    expect(found).toEqual(
      expect.arrayContaining(['top%20secret', 'top secret', 'k3y', 'Ab3dEf6hIj9kLm2n']),
    )
    for (const secret of found) expect(withoutSecrets(address)).not.toContain(secret)
  })
})

describe('a sentence', () => {
  it('keeps what it says, without the secrets of an address', () => {
    const address = 'rtsp://anna:top%20secret@cam/x?token=t0ken'
    const text = `cannot open ${address}: top secret was refused, t0ken too; try cam again`
    expect(scrub(text, address)).toBe(
      'cannot open rtsp://…@cam/x?token=…: … was refused, … too; try cam again',
    )
  })
})

describe('what a user types', () => {
  it.each([
    [' rtsp://cam/x ', { kind: 'network', scheme: 'rtsp', url: 'rtsp://cam/x' }],
    ['HTTP://cam', { kind: 'network', scheme: 'http', url: 'HTTP://cam' }],
    ['webcam', { kind: 'webcam', device: '0' }],
    ['webcam:1', { kind: 'webcam', device: '1' }],
    ['webcam:Logitech C920', { kind: 'webcam', device: 'Logitech C920' }],
    ['/dev/video2', { kind: 'webcam', device: '/dev/video2' }],
  ])('%s is understood', (text, address) => {
    expect(parseLiveAddress(text)).toEqual(address)
  })

  it.each([
    'file:///etc/passwd',
    '/etc/passwd',
    'concat:a|b',
    'pipe:0',
    'ftp://cam/x',
    'cam.local',
    'hls+http://s3cret@cam',
    'http,file://x',
    'subfile,,start,0,,:/etc/passwd',
  ])('%s is refused, and not repeated', (text) => {
    const error = caught(() => parseLiveAddress(text))
    expect(error).toMatchObject({ code: 'bad-address' })
    expect(JSON.stringify(error)).not.toContain(text)
  })
})
