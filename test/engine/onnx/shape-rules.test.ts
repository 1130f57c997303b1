import { describe, expect, test } from 'vitest'
import { shapeRuleOperators } from '../../../src/engine/onnx/shape-rules/table.ts'
import { expectAsComputed } from '../../fixtures/as-computed.ts'
import { layoutCases } from '../../fixtures/shape-cases/layouts.ts'
import { numberCases } from '../../fixtures/shape-cases/numbers.ts'
import { pictureCases } from '../../fixtures/shape-cases/pictures.ts'
import { caseGraph, type ShapeCases } from '../../fixtures/shape-cases/shape-case.ts'

const cases: ShapeCases = { ...numberCases, ...layoutCases, ...pictureCases }

describe('The type and shape of results', () => {
  const rows = Object.entries(cases).flatMap(([operator, list]) =>
    list.map((row, i) => ({ title: `${operator} (${i + 1})`, operator, row })),
  )

  test.each(rows)('are known for $title', async ({ operator, row }) => {
    const { graph, feeds } = caseGraph(operator, row)
    await expectAsComputed(graph, feeds)
  })

  test('are tried for every operator that has a rule', () => {
    expect(shapeRuleOperators.filter((operator) => !(operator in cases))).toEqual([])
  })
})
