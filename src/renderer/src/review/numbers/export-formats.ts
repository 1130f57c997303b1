/** @file What a review can be written as. */

export type ExportFormat = 'csv' | 'events' | 'flagged' | 'json' | 'html'

export const exportFormats: readonly {
  format: ExportFormat
  title: string
  about: string
  suffix: string
}[] = [
  {
    ...{ format: 'csv', title: 'Counts, as a table (CSV)', suffix: '-counts.csv' },
    about: 'Every region with its count, its interval, and counts per hour and shift.',
  },
  {
    ...{ format: 'events', title: 'Events, as a table (CSV)', suffix: '-events.csv' },
    about: 'Every event with its region, begin, end and length.',
  },
  {
    ...{ format: 'flagged', title: 'Flagged frames, as a table (CSV)', suffix: '-flagged.csv' },
    about: 'The frames that were flagged, such as those with a wrong mask.',
  },
  {
    ...{ format: 'json', title: 'All numbers, for programs (JSON)', suffix: '.json' },
    about: 'Rule, counts, events and answers of every region.',
  },
  {
    ...{ format: 'html', title: 'Report, to read and to print (HTML)', suffix: '-report.html' },
    about: 'One file with counts, timelines and pictures, which any browser opens.',
  },
]

/** `hall-counts.csv`, after the tape. */
export function suggestedName(tape: string, format: ExportFormat): string {
  const stem = tape.replace(/\.[^.]{1,5}$/, '').replace(/[\\/:*?"<>|]/g, '-') || 'review'
  return `${stem}${exportFormats.find((one) => one.format === format)?.suffix ?? ''}`
}

/** With the separator that the folder itself uses. */
export function joinPath(folder: string, file: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${file}` : `${folder}${separator}${file}`
}
