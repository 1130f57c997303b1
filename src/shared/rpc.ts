/** @file Calls and events over a transport: what a contract is, and what its two sides hold. */
import type { z } from 'zod'
import { AppError, type ErrorCode, errorKinds, toAppError } from './errors.ts'
import type { LongWork } from './progress.ts'
import type { WireError } from './transport.ts'

/** Every method with the schemas of its arguments and result, every event with that of its value. */
export interface Contract {
  methods: Record<string, { args: z.ZodType; result: z.ZodType }>
  events: Record<string, z.ZodType>
}

export type MethodName<C extends Contract> = keyof C['methods'] & string
export type EventName<C extends Contract> = keyof C['events'] & string

export type Args<C extends Contract, M extends MethodName<C>> = z.input<C['methods'][M]['args']>
export type Result<C extends Contract, M extends MethodName<C>> = z.output<
  C['methods'][M]['result']
>
export type EventValue<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>

/** The serving side: one function a method. Arguments arrive parsed, defaults filled in. */
export type Handlers<C extends Contract> = {
  [M in MethodName<C>]: (
    args: z.output<C['methods'][M]['args']>,
    work: LongWork,
  ) => Result<C, M> | Promise<Result<C, M>>
}

/** Announces events to every connection that is open at the time. */
export interface EventHub<C extends Contract> {
  emit<E extends EventName<C>>(name: E, value: EventValue<C, E>): void
  subscribe(listener: (name: string, value: unknown) => void): () => void
}

export function createEventHub<C extends Contract>(): EventHub<C> {
  const listeners = new Set<(name: string, value: unknown) => void>()
  return {
    emit(name, value) {
      for (const listener of listeners) listener(name, value)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function toWireError(error: unknown): WireError {
  return toAppError(error).toJSON()
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorKinds, code)
}

export function fromWireError({ code, message, hint }: WireError): AppError {
  return new AppError(isErrorCode(code) ? code : 'internal', message, hint)
}
