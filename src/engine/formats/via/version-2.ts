/** @file Projects and tables of VIA 2, as its 2.0.10 saves them. */
import { writeTable } from '../table-file.ts'
import { annotatedAttribute } from './project.ts'
import type { Version, WrittenPicture, WrittenRegion } from './written.ts'

/** The attribute that names the class of a region. */
export const className = 'class'

/** What VIA 2 expects of a project: without these it opens none. */
const settings = {
  ui: {
    annotation_editor_height: 25,
    annotation_editor_fontsize: 0.8,
    leftsidebar_width: 18,
    image_grid: {
      img_height: 80,
      rshape_fill: 'none',
      rshape_fill_opacity: 0.3,
      rshape_stroke: 'yellow',
      rshape_stroke_width: 2,
      show_region_shape: true,
      show_image_policy: 'all',
    },
    image: {
      region_label: className,
      region_color: className,
      region_label_font: '10px Sans',
      on_image_annotation_editor_placement: 'NEAR_REGION',
    },
  },
  core: { buffer_size: 18, filepath: {}, default_filepath: '' },
  project: { name: 'via_project' },
}

function shapeAttributes({ shape }: WrittenRegion): object {
  if (shape.kind === 'rect') return { name: 'rect', ...shape.box }
  return {
    name: 'polygon',
    all_points_x: shape.ring.filter((_, i) => i % 2 === 0),
    all_points_y: shape.ring.filter((_, i) => i % 2 === 1),
  }
}

const imageId = ({ name, bytes }: Pick<WrittenPicture, 'name' | 'bytes'>) => `${name}${bytes}`

function fileAttributes({ isEmpty }: WrittenPicture): object {
  return isEmpty ? { [annotatedAttribute]: 'yes' } : {}
}

function attributes(names: readonly string[]): object {
  const chosen = { type: 'dropdown', description: '' }
  const options = Object.fromEntries(names.slice(1).map((name) => [name, name]))
  const yesOrNo = { yes: 'yes', no: 'no' }
  return {
    region: { [className]: { ...chosen, options, default_options: {} } },
    file: { [annotatedAttribute]: { ...chosen, options: yesOrNo, default_options: {} } },
  }
}

export const project2: Version = {
  file: 'via_project.json',
  begin: () => `{"_via_settings":${JSON.stringify(settings)},"_via_img_metadata":{\n`,
  entries(picture, _index, names) {
    const entry = {
      filename: picture.name,
      size: picture.bytes,
      regions: picture.regions.map((region) => ({
        shape_attributes: shapeAttributes(region),
        region_attributes: { [className]: names[region.classIndex] },
      })),
      file_attributes: fileAttributes(picture),
    }
    return [`${JSON.stringify(imageId(picture))}:${JSON.stringify(entry)}`]
  },
  between: ',\n',
  end: (pictures, names) =>
    `},\n"_via_attributes":${JSON.stringify(attributes(names))},"_via_data_format_version":"2.0.10","_via_image_id_list":${JSON.stringify(pictures.map(imageId))}}\n`,
}

const columns = [
  'filename',
  'file_size',
  'file_attributes',
  'region_count',
  'region_id',
  'region_shape_attributes',
  'region_attributes',
]

function rowsOf(picture: WrittenPicture, names: readonly string[]): (string | number)[][] {
  const { name, bytes, regions } = picture
  const said = JSON.stringify(fileAttributes(picture))
  if (regions.length === 0) return [[name, bytes, said, 0, 0, '{}', '{}']]
  return regions.map((region, index) => [
    name,
    bytes,
    said,
    regions.length,
    index,
    JSON.stringify(shapeAttributes(region)),
    JSON.stringify({ [className]: names[region.classIndex] }),
  ])
}

export const table2: Version = {
  file: 'via_annotations.csv',
  begin: () => `${columns.join(',')}\n`,
  entries(picture, _index, names) {
    const table = writeTable(columns, rowsOf(picture, names))
    return [table.slice(table.indexOf('\n') + 1)]
  },
  between: '',
  end: () => '',
}
