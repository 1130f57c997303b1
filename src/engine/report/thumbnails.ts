/** @file Thumbnails as they stand on the page. */
import { html, type Markup } from './html.ts'
import { pointList } from './overview.ts'
import type { Thumbnail } from './types.ts'

/** A thumbnail with the region's outline on it; `description` is its text for those who cannot see it. */
export function thumbnailImage(thumbnail: Thumbnail, colour: string, description: string): Markup {
  const { width, height, dataUri, outline } = thumbnail
  const points = pointList(outline)
  return html`<svg class="thumbnail" viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}"><image href="${dataUri}" width="${width}" height="${height}"/><polygon class="casing" points="${points}"/><polygon points="${points}" fill="none" stroke="${colour}"/></svg>`
}
