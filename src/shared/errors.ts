/** What an error means to the caller: wrong input, a failure while working, or the user's own wish. */
export type ErrorKind = 'input' | 'failure' | 'cancelled'

/** Every error code of the product and what kind of error it is. A new error starts with a line here. */
export const errorKinds = {
  // anything
  cancelled: 'cancelled',
  internal: 'failure',
  usage: 'input',
  'bad-json': 'input',
  'bad-value': 'input',
  'no-such-file': 'input',
  'is-a-directory': 'input',
  'file-exists': 'input',
  'disk-full': 'failure',
  disconnected: 'failure',
  'cannot-listen': 'failure',
  'read-only': 'failure',
  // project
  'project-exists': 'input',
  'not-a-project': 'input',
  'project-too-new': 'input',
  'project-locked': 'failure',
  'project-damaged': 'failure',
  'no-such-project-handle': 'input',
  'outside-roots': 'input',
  'no-trash': 'failure',
  // tape
  'empty-file': 'input',
  'not-a-video': 'input',
  'no-video-stream': 'input',
  'playlist-refused': 'input',
  'tape-unreadable': 'failure',
  'tape-missing': 'failure',
  'tape-changed': 'input',
  'tape-size-differs': 'input',
  'no-such-tape': 'input',
  'tape-exists': 'input',
  'no-such-frame': 'input',
  // camera
  'bad-address': 'input',
  'camera-unreachable': 'failure',
  'camera-lost': 'failure',
  'no-camera': 'input',
  // recipe, regions
  'bad-recipe': 'input',
  'no-recipe': 'input',
  'no-lens-found': 'failure',
  'bad-region': 'input',
  'no-regions': 'input',
  'no-such-region': 'input',
  // masks
  'bad-mask': 'input',
  'bad-dataset': 'input',
  'dataset-differs': 'input',
  'dataset-exists': 'input',
  'no-such-dataset': 'input',
  'undeclared-values': 'input',
  'mask-size-differs': 'input',
  // networks
  'bad-model': 'input',
  'unsupported-model': 'input',
  'no-such-model': 'input',
  'other-geometry': 'input',
  'bad-checkpoint': 'input',
  'download-failed': 'failure',
  'wrong-checksum': 'failure',
  'weights-missing': 'input',
  'unsupported-picture': 'input',
  'picture-too-large': 'input',
  'queue-full': 'failure',
  'no-such-device': 'input',
  'no-such-backend': 'input',
  // runs
  'no-such-run': 'input',
  'no-maps': 'failure',
  'no-truth': 'input',
  'compute-crashed': 'failure',
  // training
  'no-labels': 'input',
  'one-class': 'input',
  'class-mismatch': 'input',
  'labels-changed': 'input',
  'camera-fixed': 'input',
  'no-training': 'input',
  'training-under-way': 'input',
  'no-such-experiment': 'input',
  'experiment-under-way': 'input',
  'experiment-changed': 'input',
  'model-in-use': 'input',
  'training-diverged': 'failure',
  'not-enough-memory': 'failure',
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof errorKinds

/**
 * The one error a user sees. `message` says what was wrong and what was expected, `hint` what to do
 * about it.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly hint: string

  constructor(code: ErrorCode, message: string, hint = '', options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }

  get kind(): ErrorKind {
    return errorKinds[this.code]
  }

  toJSON(): { code: ErrorCode; message: string; hint: string } {
    return { code: this.code, message: this.message, hint: this.hint }
  }
}

/** The error of an aborted signal, in our form. */
export function cancelled(what = 'the work'): AppError {
  return new AppError('cancelled', `${what} was cancelled`)
}

/** Throws `cancelled` when the signal is aborted; long loops call it between steps. */
export function throwIfCancelled(signal: AbortSignal | undefined, what?: string): void {
  if (signal?.aborted) throw cancelled(what)
}

/** Operating system errors that have a meaning of their own for the user. */
const systemErrors: Record<string, [ErrorCode, (path: string) => string, string]> = {
  ENOENT: ['no-such-file', (path) => `${path} does not exist`, 'Check the path for typing errors.'],
  EEXIST: ['bad-value', (path) => `${path} exists already`, 'Name another one.'],
  ENOTDIR: ['bad-value', (path) => `${path} is a file, a folder was expected`, 'Name a folder.'],
  EISDIR: ['is-a-directory', (path) => `${path} is a folder, a file was expected`, 'Name a file.'],
  ENOSPC: [
    'disk-full',
    (path) => `the disk is full; ${path} could not be written`,
    'Free some space and run the command again: it goes on where it stopped.',
  ],
  EROFS: ['read-only', (path) => `${path} is on a read-only disk`, 'Copy it to a writable disk.'],
  EACCES: ['read-only', (path) => `${path} may not be accessed`, 'Check the permissions.'],
  EPERM: ['read-only', (path) => `${path} may not be changed`, 'Check the permissions.'],
}

function property(error: unknown, name: 'code' | 'path'): string | undefined {
  if (!(error instanceof Error) || !(name in error)) return undefined
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : undefined
}

/** Turns whatever was thrown into an AppError; `path` names the file when the error does not. */
export function toAppError(error: unknown, path = 'a file'): AppError {
  if (error instanceof AppError) return error
  const known = systemErrors[property(error, 'code') ?? '']
  if (known) {
    const [code, message, hint] = known
    return new AppError(code, message(property(error, 'path') ?? path), hint, { cause: error })
  }
  if (property(error, 'code') === 'SQLITE_FULL')
    return toAppError(Object.assign(new Error(), { code: 'ENOSPC', path }))
  const message = error instanceof Error ? error.message : String(error)
  return new AppError('internal', message, 'Run again with --verbose to see where.', {
    cause: error,
  })
}
