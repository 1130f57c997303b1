import { type ReactNode, useEffect, useRef } from 'react'
import './FrameView.css'

interface FrameViewProps {
  title: ReactNode
  /** What the picture shows, for those who cannot see it. */
  label: string
  picture: ImageData | null
  /** Drawn over the picture, stretched to its size. */
  overlay: ImageData | null
  /** Said in the picture, as where there is no overlay yet. */
  note?: string | null
}

function draw(canvas: HTMLCanvasElement, picture: ImageData, overlay: ImageData | null): void {
  const { width, height } = picture
  const context = canvas.getContext('2d')
  if (!context) return
  canvas.width = width
  canvas.height = height
  context.putImageData(picture, 0, 0)
  if (!overlay) return
  const above = new OffscreenCanvas(overlay.width, overlay.height)
  above.getContext('2d')?.putImageData(overlay, 0, 0)
  context.imageSmoothingEnabled = false
  context.drawImage(above, 0, 0, width, height)
}

/** A small picture of a frame with something over it, as wide as there is room. */
export function FrameView({ title, label, picture, overlay, note = null }: FrameViewProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (ref.current && picture) draw(ref.current, picture, overlay)
  }, [picture, overlay])
  return (
    <figure className="frame-view">
      <figcaption className="frame-view-title">{title}</figcaption>
      <div className="frame-view-picture" data-empty={picture === null}>
        {picture && (
          <canvas
            ref={ref}
            role="img"
            aria-label={label}
            // A picture of few pixels is shown as the pixels that it has.
            data-small={picture.width < 240}
          />
        )}
        {note !== null && <p className="frame-view-note">{note}</p>}
      </div>
    </figure>
  )
}
