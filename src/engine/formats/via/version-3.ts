/** @file Projects of VIA 3, in its data format 3.1.1. */
import { annotatedAttribute } from './project.ts'
import { className } from './version-2.ts'
import type { Version, WrittenPicture, WrittenRegion } from './written.ts'

/** Of `_VIA_RSHAPE`, `_VIA_FILE_TYPE`, `_VIA_FILE_LOC` and `_VIA_ATTRIBUTE_TYPE`. */
const shapes = { rect: 2, polygon: 7 }
const imageFile = { type: 2, loc: 3 }
const types = { radio: 3, select: 4 }
/** Ids of the attributes. */
const ids = { class: '1', annotated: '2' }

const config = {
  // Pictures of location 3 are looked for from the page on.
  file: { loc_prefix: { 1: '', 2: '', 3: '', 4: '' } },
  ui: {
    file_content_align: 'center',
    file_metadata_editor_visible: true,
    spatial_metadata_editor_visible: true,
    spatial_region_label_attribute_id: ids.class,
  },
}

function attributes(names: readonly string[]): object {
  const common = { desc: '', default_option_id: '' }
  const options = Object.fromEntries(names.slice(1).map((name, i) => [String(i + 1), name]))
  return {
    [ids.class]: {
      aname: className,
      anchor_id: 'FILE1_Z0_XY1',
      type: types.select,
      ...common,
      options,
    },
    [ids.annotated]: {
      aname: annotatedAttribute,
      anchor_id: 'FILE1_Z0_XY0',
      type: types.radio,
      ...common,
      options: { yes: 'yes', no: 'no' },
    },
  }
}

function coordinates({ shape }: WrittenRegion): number[] {
  if (shape.kind === 'polygon') return [shapes.polygon, ...shape.ring]
  const { x, y, width, height } = shape.box
  return [shapes.rect, x, y, width, height]
}

/** Metadata of a view: a region each, or one of the file where it has none. */
function metadata({ regions, isEmpty }: WrittenPicture, vid: string): object[] {
  const common = { vid, flg: 0, z: [] }
  if (isEmpty) return [{ ...common, xy: [], av: { [ids.annotated]: 'yes' } }]
  return regions.map((region) => ({
    ...common,
    xy: coordinates(region),
    av: { [ids.class]: String(region.classIndex) },
  }))
}

export const project3: Version = {
  file: 'via_project.json',
  begin: (names) =>
    `{"config":${JSON.stringify(config)},"attribute":${JSON.stringify(attributes(names))},"metadata":{\n`,
  entries(picture, index) {
    const vid = String(index + 1)
    return metadata(picture, vid).map(
      (entry, i) => `${JSON.stringify(`${vid}_${i + 1}`)}:${JSON.stringify(entry)}`,
    )
  },
  between: ',\n',
  end(pictures) {
    const vids = pictures.map((_, index) => String(index + 1))
    const project = {
      pid: '__VIA_PROJECT_ID__',
      rev: '__VIA_PROJECT_REV_ID__',
      rev_timestamp: '__VIA_PROJECT_REV_TIMESTAMP__',
      pname: 'via_project',
      data_format_version: '3.1.1',
      creator: 'Maskbench',
      created: 0,
      vid_list: vids,
    }
    const files = pictures.map(({ name }, i) => [
      vids[i],
      { fid: vids[i], fname: name, ...imageFile, src: name },
    ])
    const views = vids.map((vid) => [vid, { fid_list: [vid] }])
    const rest = { project, file: Object.fromEntries(files), view: Object.fromEntries(views) }
    return `},\n${JSON.stringify(rest).slice(1)}\n`
  },
}
