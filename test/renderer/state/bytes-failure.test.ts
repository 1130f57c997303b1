import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../src/renderer/src/state/bytes-failure.ts'

const told = (body: unknown, status = 409): Promise<unknown> =>
  failureOf(Response.json(body, { status })).then((error) => error.toJSON())

describe('Why bytes did not come', () => {
  it('is what the engine says', async () => {
    const failure = { code: 'read-only', message: 'another window writes', hint: 'Close it.' }
    expect(await told(failure)).toMatchObject(failure)
  })

  it('is its status where it says nothing that can be read', async () => {
    const unknown = { code: 'internal', message: 'the engine answered 502' }
    expect((await failureOf(new Response('<html>', { status: 502 }))).toJSON()).toMatchObject(
      unknown,
    )
    expect(await told({ code: 5 }, 502)).toMatchObject(unknown)
  })

  it('is internal where its code is of another version', async () => {
    expect(await told({ code: 'sun-went-down', message: 'it is dark' })).toMatchObject({
      code: 'internal',
      message: 'it is dark',
    })
  })
})
