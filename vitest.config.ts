import { configDefaults, defineConfig } from 'vitest/config'

/** Tests of code that keeps no state: one process runs file after file, which saves its start for each. */
const stateless = [
  'test/shared/**',
  'test/renderer/**',
  'test/engine/{augment,camera,count,formats,image-sets,labels,metrics,onnx,report,review,segment}/**',
].map((folder) => `${folder}/*.test.ts`)

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // As in the browser: on a machine that others use too, what fails once is tried again, and named at the end.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...stateless],
        },
      },
      { extends: true, test: { name: 'stateless', include: stateless, isolate: false } },
    ],
  },
})
