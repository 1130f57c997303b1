import { app } from 'electron'

function unpackaged(name: string): string | undefined {
  return app.isPackaged ? undefined : process.env[name]
}

/** The development server's address, under `npm run dev`. */
export const developmentUrl = unpackaged('ELECTRON_RENDERER_URL')

/** A Node binary that runs the engine in place of a utility process. */
export const engineNode = unpackaged('MASKBENCH_NODE')
