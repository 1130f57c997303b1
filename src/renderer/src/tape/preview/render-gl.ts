import { cropOf, viewSizeOf } from '../../../../shared/geometry.ts'
import { halfExtent, turnToLens } from '../../../../shared/geometry-lens.ts'
import type { Recipe, Size } from '../../../../shared/recipe.ts'
import { fragmentShader, vertexShader } from './shaders.ts'

/** Two triangles over everything. */
const corners = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1])

/** Renders a tape's picture through recipes with WebGL. */
export class GraphicsRenderer {
  readonly canvas: HTMLCanvasElement
  readonly #gl: WebGLRenderingContext
  readonly #program: WebGLProgram
  #tape: Size = { width: 1, height: 1 }

  private constructor(canvas: HTMLCanvasElement, gl: WebGLRenderingContext, program: WebGLProgram) {
    this.canvas = canvas
    this.#gl = gl
    this.#program = program
  }

  /** Null where there is no WebGL that can do it. */
  static create(): GraphicsRenderer | null {
    const canvas = document.createElement('canvas')
    const gl = canvas.getContext('webgl', { preserveDrawingBuffer: true, antialias: false })
    const program = gl && link(gl)
    if (!gl || !program) return null
    // biome-ignore lint/correctness/useHookAtTopLevel: it is WebGL's.
    gl.useProgram(program)
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer())
    gl.bufferData(gl.ARRAY_BUFFER, corners, gl.STATIC_DRAW)
    const corner = gl.getAttribLocation(program, 'corner')
    gl.enableVertexAttribArray(corner)
    gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0)
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
      gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE)
    for (const scaling of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, scaling, gl.LINEAR)
    return new GraphicsRenderer(canvas, gl, program)
  }

  get isLost(): boolean {
    return this.#gl.isContextLost()
  }

  /** Returns false where the picture is too large for this machine's textures. */
  setSource(source: ImageData): boolean {
    const gl = this.#gl
    const largest: unknown = gl.getParameter(gl.MAX_TEXTURE_SIZE)
    if (Math.max(source.width, source.height) > Number(largest)) return false
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source)
    this.#tape = { width: source.width, height: source.height }
    return true
  }

  render(recipe: Recipe, { width, height }: Size): void {
    const gl = this.#gl
    if (this.canvas.width !== width) this.canvas.width = width
    if (this.canvas.height !== height) this.canvas.height = height
    gl.viewport(0, 0, width, height)
    this.#setUniforms(recipe)
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
  }

  dispose(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #setUniforms(recipe: Recipe): void {
    const gl = this.#gl
    const at = (name: string) => gl.getUniformLocation(this.#program, name)
    const { lens, view } = recipe
    const crop = cropOf(recipe)
    const rendered = viewSizeOf(recipe)
    gl.uniform2f(at('tape'), this.#tape.width, this.#tape.height)
    gl.uniform4f(at('crop'), crop.x, crop.y, crop.width, crop.height)
    gl.uniform2f(at('rendered'), rendered.width, rendered.height)
    gl.uniform3f(at('lens'), 0, 0, 0)
    if (!lens || !view) return
    const half = halfExtent(view)
    const turn = turnToLens(view)
    gl.uniform2f(at('extent'), half.x, half.y)
    gl.uniformMatrix3fv(at('turn'), false, [
      ...turn([1, 0, 0]),
      ...turn([0, 1, 0]),
      ...turn([0, 0, 1]),
    ])
    const focal = lens.radius / ((lens.fov * Math.PI) / 360)
    gl.uniform3f(at('lens'), lens.cx, lens.cy, focal)
  }
}

function link(gl: WebGLRenderingContext): WebGLProgram | null {
  const program = gl.createProgram()
  const sources = [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const
  for (const [kind, source] of sources) {
    const shader = gl.createShader(kind)
    if (!shader) return null
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null
}
