/** @file ONNX Runtime's own record of what it ran where, for a session that is not the processor's. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { NodeCount } from './types.ts'

/** Of all events those that one node makes each time that it is run. */
const nodeEvent = z.object({
  cat: z.literal('Node'),
  name: z.string(),
  args: z.object({ provider: z.string(), op_name: z.string(), node_index: z.string() }),
})

type NodeEvent = z.output<typeof nodeEvent>

async function nodeEvents(file: string): Promise<NodeEvent[]> {
  const events = z.array(z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')))
  return events.flatMap((event) => nodeEvent.safeParse(event).data ?? [])
}

/** Copies between device and processor stand for no operator of the network. */
function isLeftToProcessor({ args }: NodeEvent): boolean {
  return args.provider === 'CPUExecutionProvider' && !args.op_name.startsWith('Memcpy')
}

/** Nodes by operator, the most frequent first; runs of the same node count once. */
function countNodes(events: readonly NodeEvent[]): NodeCount[] {
  const nodes = new Map(events.map(({ name, args }) => [`${args.node_index} ${name}`, args]))
  return sumCounts([...nodes.values()].map(({ op_name: op }) => ({ op, count: 1 })))
}

/** One entry for each operator, the most frequent first. */
export function sumCounts(counts: readonly NodeCount[]): NodeCount[] {
  const sums = new Map<string, number>()
  for (const { op, count } of counts) sums.set(op, (sums.get(op) ?? 0) + count)
  return [...sums]
    .map(([op, count]) => ({ op, count }))
    .sort((one, other) => other.count - one.count || (one.op < other.op ? -1 : 1))
}

/** A folder of its own for the file that ONNX Runtime writes. Whoever begins it removes it. */
export class RunRecord {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async begin(): Promise<RunRecord> {
    return new RunRecord(await mkdtemp(join(tmpdir(), 'maskbench-run-')))
  }

  /** What the file's name begins with. */
  get prefix(): string {
    return join(this.#folder, 'run')
  }

  /** The nodes that ran on the processor, once ONNX Runtime has ended the record; removes it. */
  async take(): Promise<NodeCount[]> {
    try {
      const files = await readdir(this.#folder)
      const events = await Promise.all(files.map((file) => nodeEvents(join(this.#folder, file))))
      return countNodes(events.flat().filter(isLeftToProcessor))
    } finally {
      await this.remove()
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}
