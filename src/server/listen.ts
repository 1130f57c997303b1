import { once } from 'node:events'
import type { Server } from 'node:http'
import { AppError } from '../shared/errors.ts'

function listenError(error: unknown, host: string, port: number): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program uses that port',
    EADDRNOTAVAIL: 'this machine does not have that address',
    ENOTFOUND: 'no machine has that name',
    EACCES: 'this port is reserved for the system',
  }
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error))
  return new AppError(
    'cannot-listen',
    `cannot serve on ${host} port ${port}: ${reason}`,
    'Choose another --port (0 = any free one) or --host.',
    { cause: error },
  )
}

/** Binds a server and returns the port that it got. Throws `cannot-listen`. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw listenError(error, host, port)
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}
