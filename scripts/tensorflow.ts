/** @file Gets TensorFlow's native library for the tests of the second training backend. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'
import { run } from './run.ts'

const library = join(
  root,
  ...['node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node'],
)

/**
 * Builds the library by the tool in the shared folder, from package registries, where it is missing.
 * Where the tool is not there either, the tests that need it are skipped.
 */
export async function prepareTensorFlow(): Promise<void> {
  const tool = join(root, '..', 'shared', 'tools', 'build-tfjs-node.sh')
  if (existsSync(library) || !existsSync(tool)) return
  const { code, output } = await run(['bash', tool, root], { quiet: true })
  if (code !== 0) console.error(output)
}
