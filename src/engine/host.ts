/** @file The engine as a process of its own, behind the desktop shell. */
import { serve } from '../shared/rpc-serve.ts'
import { acceptConnections } from '../shared/transport-shared-link.ts'
import { createService } from './handlers.ts'
import { parentLink } from './parent-link.ts'

const service = createService('desktop')
acceptConnections(parentLink(process), (transport) => serve(transport, service))
