/** @file How a line of a chart looks. */

export interface PlotLine {
  /** Name of a colour of tokens.css, without the dashes. */
  colour: string
  /** 0 = no line, its points alone. */
  width: number
  /** 0 … 1 */
  opacity?: number
  /** 'share' = by the axis at the right, from 0 to 1. */
  axis?: 'share'
  /** Lengths of strokes and gaps in pixels. */
  dash?: readonly number[]
  /** Diameter of the dots at its points; absent = there are none. */
  dots?: number
}

export interface ChartLine extends PlotLine {
  /** Of the legend; lines without one are not in it. */
  name?: string
}
