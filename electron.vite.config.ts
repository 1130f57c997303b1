import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const source = (...parts: string[]): string => resolve(import.meta.dirname, 'src', ...parts)

/** Every file in out/main that some process is started from. */
const entries = {
  index: source('main', 'index.ts'),
  cli: source('cli', 'index.ts'),
  engine: source('engine', 'host.ts'),
  compute: source('engine', 'compute', 'process.ts'),
  'self-test': source('engine', 'self-test', 'process.ts'),
}

/** CommonJS under stable names: a sandboxed preload must be that, and plain Node runs the rest. */
const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const

export default defineConfig({
  main: {
    build: {
      // cli.cjs and compute.cjs run in the user's Node, the oldest that package.json allows included.
      target: 'node22.18',
      // Optional dependencies are not bundled either.
      externalizeDeps: { include: ['@tensorflow/tfjs-node'] },
      rolldownOptions: { input: entries, output: commonJs },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: { input: source('preload', 'index.ts'), output: commonJs },
    },
  },
  renderer: {
    plugins: [react()],
    css: { transformer: 'lightningcss' },
    build: {
      target: 'chrome108',
      cssTarget: 'chrome108',
      minify: true,
      rolldownOptions: { input: source('renderer', 'index.html') },
    },
  },
})
