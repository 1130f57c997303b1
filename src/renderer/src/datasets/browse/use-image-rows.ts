import { useEffect, useRef, useState } from 'react'
import type { DatasetImage } from '../../../../shared/contract/datasets.ts'
import { useProject } from '../../state/project-context.tsx'

type Rows = ReadonlyMap<number, DatasetImage>

/** Cells that are scrolled past ask for nothing. */
const restMs = 60

/** So many rows are kept; a set may have a hundred thousand. */
const mostKept = 3000

function withRows(before: Rows, images: readonly DatasetImage[]): Rows {
  const rows = new Map(before)
  for (const image of images) {
    rows.delete(image.position)
    rows.set(image.position, image)
  }
  for (const [position] of rows) {
    if (rows.size <= mostKept) break
    rows.delete(position)
  }
  return rows
}

/** What is known of the pictures in view; asked for again whenever something of the project changes. */
export function useImageRows(set: number, positions: readonly number[]): Rows {
  const { client, handle, state } = useProject()
  const [rows, setRows] = useState<Rows>(new Map())
  /** The state that a row was asked for in. */
  const asked = useRef(new Map<number, unknown>())
  const key = positions.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which positions.
  useEffect(() => {
    const wanted = positions.filter((position) => asked.current.get(position) !== state)
    if (wanted.length === 0) return
    const timer = setTimeout(() => {
      for (const position of wanted) asked.current.set(position, state)
      client.call('datasets.images', { project: handle, set, positions: wanted }).then(
        (images) => setRows((before) => withRows(before, images)),
        () => {
          // A lost connection is told elsewhere; the cells ask again with the next one.
          for (const position of wanted) asked.current.delete(position)
        },
      )
    }, restMs)
    return () => clearTimeout(timer)
  }, [client, handle, set, key, state])
  return rows
}
