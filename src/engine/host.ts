/** @file The engine as a process of its own, behind the desktop shell. */
import { serveBytes } from '../shared/bytes-link.ts'
import { laneOf } from '../shared/lanes.ts'
import { serve } from '../shared/rpc-serve.ts'
import { acceptConnections } from '../shared/transport-shared-link.ts'
import { startCompute } from './compute/start-compute.ts'
import { createService } from './handlers.ts'
import { type ChildProcess, parentLink } from './parent-link.ts'
import { shellServices } from './shell-services.ts'

/** How long closing may take once the shell has gone or asks for it. */
const closePatienceMs = 3000

const child: ChildProcess = process
const link = parentLink(child)
const shell = shellServices(link)
const { startCompute: open } = shell
const service = createService('desktop', {
  ...(open ? { startCompute: () => startCompute(open) } : {}),
  trash: (path) => shell.trash(path),
})

acceptConnections(laneOf(link, 'pages'), (transport) => serve(transport, service))
serveBytes(laneOf(link, 'bytes'), service.bytes)

function end(): void {
  setTimeout(() => process.exit(0), closePatienceMs).unref()
  void service.close().finally(() => process.exit(0))
}

shell.onClose(end)
link.onGone(end)
