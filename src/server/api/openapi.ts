/** @file The description of the HTTP API, https://spec.openapis.org/oas/v3.1.0 */
import { z } from 'zod'
import { applicationVersion } from '../../engine/location.ts'
import {
  answerSchema,
  failureSchema,
  mostBytes,
  mostPixels,
  mostWaiting,
  pictureTypes,
  querySchema,
} from './messages.ts'

/** JSON Schema without the name of its dialect, which OpenAPI 3.1 has by itself. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

const failure = (description: string, headers = {}) => ({
  description,
  headers,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
})

const header = (description: string) => ({ description, schema: { type: 'string' } })

const door = {
  '400': failure('A request that cannot be understood: an unknown parameter, or no picture.'),
  '401': failure('No token, or a wrong one.', {
    'WWW-Authenticate': header('Names the scheme, Bearer.'),
  }),
  '403': failure('Another Host than is served here, or a page of another site.'),
  '405': failure('Another method.', { Allow: header('The methods that there are.') }),
} as const

function parameters() {
  const { properties = {} } = z.toJSONSchema(querySchema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = typeof property === 'object' ? property : {}
    return { name, in: 'query', required: false, description, schema }
  })
}

const segment = {
  operationId: 'segment',
  summary: 'Lets a network look at a picture',
  description: `Pictures are looked at one after the other; up to ${mostWaiting} may wait. EXIF orientation is applied.`,
  parameters: parameters(),
  requestBody: {
    required: true,
    description: `A picture of at most ${mostBytes} bytes and ${mostPixels} pixels.`,
    content: Object.fromEntries(pictureTypes.map((type) => [type, {}])),
  },
  responses: {
    '200': {
      description: 'What is seen, as large as the picture; by Accept a PNG or JSON.',
      headers: { Vary: header('Accept') },
      content: {
        'image/png': {},
        'application/json': { schema: { $ref: '#/components/schemas/Segmentation' } },
      },
    },
    ...door,
    '404': failure('There is no such network, or its weights are not installed.'),
    '406': failure('Accept allows neither image/png nor application/json.'),
    '413': failure('More bytes or pixels than are taken.'),
    '415': failure('Another kind of file than those above.'),
    '429': failure('Too many pictures wait.', { 'Retry-After': header('Seconds.') }),
    '500': failure('The network could not be run.'),
  },
} as const

const description = {
  operationId: 'description',
  summary: 'This description',
  responses: {
    '200': { description: 'OpenAPI 3.1', content: { 'application/json': {} } },
    '401': door['401'],
    '403': door['403'],
    '405': door['405'],
  },
} as const

/** The whole document. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Maskbench',
      version: applicationVersion(),
      description: 'Semantic masks of pictures, on your own machine.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths: { '/api/segment': { post: segment }, '/api/openapi.json': { get: description } },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'The content of the file serve-token in the data folder.',
        },
      },
      schemas: {
        Segmentation: schemaOf(answerSchema, 'output'),
        Failure: schemaOf(failureSchema, 'output'),
      },
    },
  }
}
