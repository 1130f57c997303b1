/** @file The camera's picture with the regions drawn on it, and beside it how often each is occupied. */
import type { CountInterval } from '../../shared/count/interval.ts'
import type { Point } from '../../shared/region.ts'
import { count, counted, duration, percent } from './format.ts'
import { html, type Markup } from './html.ts'
import { regionLabel, section } from './parts.ts'
import type { RegionSummary, Summary } from './summary.ts'
import type { ReportData, ReportPicture } from './types.ts'

export function pointList(points: readonly Point[]): string {
  return points.map(([x, y]) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`).join(' ')
}

/** Centroid of a polygon's area; of its corners where it has none. */
export function centroid(points: readonly Point[]): Point {
  let [area, sumX, sumY] = [0, 0, 0]
  points.forEach(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? [x, y]
    const cross = x * nextY - nextX * y
    area += cross
    sumX += (x + nextX) * cross
    sumY += (y + nextY) * cross
  })
  if (Math.abs(area) > 1e-6) return [sumX / (3 * area), sumY / (3 * area)]
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return points.length === 0 ? [0, 0] : [mean(0), mean(1)]
}

function outline({ region, colour, name, share }: RegionSummary): Markup {
  const points = pointList(region.points)
  return html`<g><title>${name}: ${percent(share)}</title><polygon class="casing" points="${points}"/><polygon points="${points}" fill="${colour}" fill-opacity="0.22" stroke="${colour}"/></g>`
}

/** The region's number on a dark disc, readable on any picture. */
function badge({ region, colour, number }: RegionSummary, radius: number): Markup {
  const [x, y] = centroid(region.points)
  return html`<g class="badge" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"><circle r="${radius.toFixed(1)}" stroke="${colour}" stroke-width="${(radius / 5).toFixed(1)}"/><text font-size="${(radius * 1.15).toFixed(1)}" dy="0.35em">${number}</text></g>`
}

function picture(overview: ReportPicture, regions: RegionSummary[], ignored: Point[][]): Markup {
  const { width, height, dataUri } = overview
  const drawn = regions.filter(({ region }) => region.points.length > 0)
  const radius = Math.max(width, height) / 38
  return html`<svg class="picture" viewBox="0 0 ${width} ${height}" role="img" aria-label="The camera's picture with ${counted(drawn.length, 'region')} drawn on it">
<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 4h8"/></pattern></defs>
<image href="${dataUri}" width="${width}" height="${height}"/>
${ignored.map((points) => html`<polygon class="ignored" points="${pointList(points)}"><title>not counted</title></polygon>`)}
${drawn.map(outline)}${drawn.map((region) => badge(region, radius))}</svg>`
}

function shareBar({ share, colour }: RegionSummary): Markup {
  return html`<svg class="share-bar" aria-hidden="true"><rect class="track" width="100%" height="100%" rx="3"/><rect width="${(share * 100).toFixed(2)}%" height="100%" rx="3" fill="${colour}"/></svg>`
}

/** `by 40 reviewed frames (5 %): 395, with 90 % between 380 and 412` */
function reviewText({ reviewed, estimate, low, high }: CountInterval, frames: number): string {
  const share = percent(frames > 0 ? reviewed / frames : 0)
  return `by ${counted(reviewed, 'reviewed frame')} (${share}): ${count(estimate)}, with 90\u202f% between ${count(low)} and ${count(high)}`
}

function regionRow(region: RegionSummary, frames: number): Markup {
  const { members, events, approximate, review } = region.region
  const facts = [
    `${count(region.frames)} of ${counted(frames, 'frame')}`,
    duration(region.seconds),
    counted(events.length, 'visit'),
    ...(members.length > 0 ? [members.join(' or ')] : []),
    ...(approximate ? ['approximate'] : []),
    ...(review ? [reviewText(review, frames)] : []),
  ]
  return html`<li>${regionLabel(region)}<strong>${percent(region.share)}</strong>${shareBar(region)}<span class="facts">${facts.join(' · ')}</span></li>`
}

/** More regions stand in two columns beside the picture. */
const fewRegions = 8

export function overviewSection(data: ReportData, { regions, frames }: Summary): Markup {
  const { overview, ignored, people } = data
  const note = { shown: '', blurred: ' People are blurred.', pixelated: ' People are pixelated.' }
  const approximate = regions.some(({ region }) => region.approximate)
    ? ' Regions marked approximate were drawn after the run and counted from its stored maps.'
    : ''
  const reviewed = regions.some(({ region }) => region.review)
    ? ' Where frames were reviewed, the number of occupied frames is also given by what was answered, with a range that holds it with a probability of 90 %.'
    : ''
  const lede = `Share of frames in which somebody is in each region.${overview && people !== 'left-out' ? note[people] : ''}${approximate}${reviewed}`
  const layout = regions.length > fewRegions ? 'where many' : 'where'
  return section(
    'regions',
    'Where',
    lede,
    html`<div class="${layout}">${overview && picture(overview, regions, ignored)}<ol class="ranking">${regions.map((region) => regionRow(region, frames))}</ol></div>`,
  )
}
