/**
 * @file What runs in the page before its own code: it times the page's work without the page knowing.
 * Everything here is sent to the browser as text and can use nothing from outside.
 */

export interface Measured {
  /** Milliseconds of the page's own work for each pointer move: its listener and its next frame. */
  moves: number[]
  /** Milliseconds from one animation frame to the next. */
  frames: number[]
  /** When a picture was last drawn on the stage (performance.now). */
  pictureAt: number
  /** Milliseconds of each task that blocked for more than 50. */
  longTasks: number[]
}

declare global {
  interface Window {
    measured: Measured
  }
}

/** Times pointer listeners, frame callbacks, long tasks, and sees pictures being drawn. */
export function instrument(): void {
  const measured: Measured = { moves: [], frames: [], pictureAt: 0, longTasks: [] }
  window.measured = measured
  let isMoving = false
  const add = (ms: number): void => {
    if (isMoving) measured.moves[measured.moves.length - 1] = (measured.moves.at(-1) ?? 0) + ms
  }
  const listen = EventTarget.prototype.addEventListener
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (type !== 'pointermove' || typeof listener !== 'function')
      return listen.call(this, type, listener, options)
    const timed = (event: Event): void => {
      // A new move begins when an event arrives that no listener has seen.
      if (!Reflect.get(event, 'isTimed')) {
        Reflect.set(event, 'isTimed', true)
        isMoving = true
        measured.moves.push(0)
      }
      const began = performance.now()
      listener.call(this, event)
      add(performance.now() - began)
    }
    return listen.call(this, type, timed, options)
  }
  const request = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      const began = performance.now()
      callback(time)
      add(performance.now() - began)
    })
  let last = 0
  const tick = (time: number): void => {
    if (last > 0) measured.frames.push(time - last)
    last = time
    request(tick)
  }
  request(tick)
  const proto = CanvasRenderingContext2D.prototype
  const draw = proto.drawImage
  proto.drawImage = new Proxy(draw, {
    apply(target, context: CanvasRenderingContext2D, args) {
      Reflect.apply(target, context, args)
      if (context.canvas.classList.contains('stage-picture')) measured.pictureAt = performance.now()
    },
  })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) measured.longTasks.push(duration)
  }).observe({ type: 'longtask' })
}
