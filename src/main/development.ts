import { app } from 'electron'

function unpackaged(name: string): string | undefined {
  return app.isPackaged ? undefined : process.env[name]
}

/** The development server's address, under `npm run dev`. */
export const developmentUrl = unpackaged('ELECTRON_RENDERER_URL')

/** A Node binary that runs the engine in place of a utility process, whatever the self-test says. */
export const engineNode = unpackaged('MASKBENCH_NODE')

/** A script to run as the engine, in a utility process: a stand-in for tests. */
export const engineScript = unpackaged('MASKBENCH_ENGINE_SCRIPT')
