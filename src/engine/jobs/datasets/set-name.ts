/** @file What an imported set is called. */
import { basename, dirname, resolve } from 'node:path'

/** What tools call their files and folders, whatever is in them; endings and parts of sets left out. */
const anyone = new Set([
  ...['annotations', 'annotation', 'instances', 'labels', 'label', 'result', 'results', 'tasks'],
  ...['task', 'project', 'dataset', 'data', 'export', 'set', 'boxes', 'images', 'coco', 'voc'],
  ...['via', 'viaproject', 'viaregiondata', 'viaexport', 'cvat', 'output', 'annotationscoco'],
])

/** Parts of sets, with a year in COCO: `train2017`, `default`. */
const parts = /(train|val|valid|validation|test|default)(20\d\d)?$/

/** `instances_val2017.json` → `instances` */
const plain = (name: string): string =>
  name
    .replace(/\.(zip|json|xml|csv|ya?ml|txt)$/i, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(/json$|csv$/, '')
    .replace(parts, '')

const isAnyones = (name: string): boolean => plain(name) === '' || anyone.has(plain(name))

/**
 * The name of a file, folder or zip; where it is one that tools give to any set, the name of the
 * nearest folder above that says more.
 */
export function setName(path: string): string {
  const whole = resolve(path)
  let place = whole
  while (isAnyones(basename(place))) {
    const above = dirname(place)
    if (above === place) return basename(whole)
    place = above
  }
  return basename(place).replace(/\.(zip|json|xml|csv)$/i, '')
}
