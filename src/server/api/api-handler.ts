/** @file Everything below /api/, for programs: each request brings the token itself. */
import type { SegmentDesk } from '../../engine/segment/segment-desk.ts'
import { jsonAnswer, refusal } from './answers.ts'
import { openApi } from './openapi.ts'
import { segmentEndpoint } from './segment-endpoint.ts'

export const apiPrefix = '/api/'

type Answer = (request: Request) => Response | Promise<Response>

/** By path and method. */
export function createApiHandler(desk: SegmentDesk): (request: Request) => Promise<Response> {
  const endpoints: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
    '/api/segment': { POST: segmentEndpoint(desk) },
    '/api/openapi.json': { GET: () => jsonAnswer(200, openApi()) },
  }
  return async (request) => {
    const { pathname } = new URL(request.url)
    const methods = Object.hasOwn(endpoints, pathname) ? endpoints[pathname] : undefined
    if (!methods) return refusal(404, `there is nothing at ${pathname}`, 'See /api/openapi.json.')
    const answer = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined
    if (answer) return answer(request)
    const allow = Object.keys(methods).join(', ')
    return refusal(405, `${request.method} was given, ${allow} expected`, '', { allow })
  }
}
