import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hasSoftwareDriver, softwareDriver } from '../../../fixtures/software-driver.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const script = new URL('../../../fixtures/webgpu-training.ts', import.meta.url).pathname

const printed = z.object({
  summary: z.looseObject({}),
  events: z.array(z.looseObject({ kind: z.string(), loss: z.number().optional() })),
})

function trainedOn(device: string) {
  const { stdout } = spawnSync(process.execPath, [script, device, temporary(device)], {
    encoding: 'utf8',
    env: { ...process.env, VK_ICD_FILENAMES: softwareDriver },
  })
  return printed.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

describe.runIf(hasSoftwareDriver)('Training on WebGPU', () => {
  test('has the losses of the processor, and says which nodes are left to it', {
    timeout: 120_000,
  }, () => {
    const [cpu, webgpu] = [trainedOn('cpu'), trainedOn('webgpu')]
    expect(cpu.summary).toMatchObject({ device: 'cpu', fallback: [] })
    // All Conv, MatMul, Gemm and MaxPool of the step run on WebGPU; of the network, one cannot.
    const told = { device: 'webgpu', fallback: [{ op: 'Sum', count: 1 }] }
    expect(webgpu.summary).toMatchObject(told)
    expect(webgpu.events[0]).toMatchObject({ kind: 'estimate', ...told })
    const losses = ({ events }: typeof cpu) =>
      events.flatMap(({ kind, loss = Number.NaN }) => (kind === 'step' ? [loss] : []))
    const [first = 0, second = 0] = losses(cpu)
    expect(losses(cpu)).toHaveLength(2)
    expect(second).toBeLessThan(first)
    expect(losses(webgpu)).toEqual([expect.closeTo(first, 4), expect.closeTo(second, 4)])
  })
})
