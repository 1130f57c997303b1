import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundledLicences } from '../../scripts/licences.ts'
import { root } from '../../scripts/root.ts'

const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8')

/** The entries of one block of the configuration, each line as it stands. */
function block(name: string): string[] {
  const [, rest = ''] = configuration.split(`\n${name}:\n`, 2)
  const end = rest.search(/\n\S/)
  const lines = rest.slice(0, end < 0 ? undefined : end).split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
}

describe('the installer', () => {
  it('is made with the fuses that Electron’s guide asks for', () => {
    expect(block('electronFuses')).toEqual([
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'grantFileProtocolExtraPrivileges: false',
      'loadBrowserProcessSpecificV8Snapshot: false',
    ])
  })

  it('keeps what native libraries and a plain Node read outside of the archive', () => {
    expect(block('asarUnpack')).toContain('- node_modules/**')
    expect(block('extraResources')).toContain('- { from: out, to: app.asar.unpacked/out }')
  })

  it('carries the licence of everything that it bundles', () => {
    const licences = bundledLicences()
    const titles = licences.map(({ title }) => title.split(' ')[0])
    for (const name of ['better-sqlite3', 'node-av', 'onnxruntime-node', 'react', 'fabric', 'zod'])
      expect(titles).toContain(name)
    // Whoever names no licence carries its text.
    const unknown = licences.filter(({ kind, text }) => kind === 'see its text' && text === '')
    expect(unknown).toEqual([])
    expect(licences.find(({ title }) => title.startsWith('react '))?.text).toContain('MIT License')
  })

  it('carries the texts of the licences that FFmpeg and libvips are under', () => {
    const read = (name: string): string =>
      readFileSync(join(root, 'resources', 'licences', name), 'utf8')
    expect(read('GPL-3.0.txt')).toContain('GNU GENERAL PUBLIC LICENSE')
    expect(read('LGPL-3.0.txt')).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  })
})
