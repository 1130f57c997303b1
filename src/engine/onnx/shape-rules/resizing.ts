/** @file Shapes of operators that resample pictures. */
import type { Known, NodeView, Shape, ShapeRules } from './node-view.ts'

/** Where a Resize has its scales and sizes: operator set 10 has no region before them. */
function resizeInputs(view: NodeView): { scales: number; sizes: number } {
  return view.opset < 11 ? { scales: 1, sizes: -1 } : { scales: 2, sizes: 3 }
}

function scaled(view: NodeView, shape: Shape, scales: readonly number[]): Shape {
  if (scales.length !== shape.length) view.fail(`${scales.length} scales do not fit [${shape}]`)
  return shape.map((side, i) => Math.floor(Math.fround(side * (scales[i] ?? 1))))
}

/** Values for some axes spread over all of them. */
function overAxes(view: NodeView, all: Shape, values: readonly number[]): number[] {
  const axes = view.ints('axes')
  const result = [...all]
  for (const [i, value] of values.entries())
    result[axes ? view.axis(axes[i] ?? 0, all.length) : i] = value
  return result
}

function resize(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const at = resizeInputs(view)
  if (view.text('coordinate_transformation_mode', '') === 'tf_crop_and_resize')
    view.fail('crops while resizing are not supported')
  if (view.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    view.fail('keeping the aspect ratio is not supported')
  const sizes = at.sizes < 0 ? null : view.numbers(at.sizes)
  if (sizes && sizes.length > 0) return [{ type, shape: overAxes(view, shape, sizes) }]
  const ones = shape.map(() => 1)
  return [{ type, shape: scaled(view, shape, overAxes(view, ones, view.required(at.scales))) }]
}

function upsample(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const attribute = view.node.attributes.scales
  const scales = attribute && 'floats' in attribute ? attribute.floats : view.required(1)
  return [{ type, shape: scaled(view, shape, scales) }]
}

function gridSample(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  return [{ type, shape: [...shape.slice(0, 2), ...view.input(1).shape.slice(1, -1)] }]
}

export const resizingRules: ShapeRules = {
  Resize: resize,
  Upsample: upsample,
  GridSample: gridSample,
}
