import { useState } from 'react'
import type { Dataset } from '../../../shared/contract/datasets.ts'
import { PicturesPage, type ShownList } from './browse/PicturesPage.tsx'
import { ComparePage } from './numbers/ComparePage.tsx'
import { NumbersPage } from './numbers/NumbersPage.tsx'

export type SetPage = 'pictures' | 'numbers' | 'compare'

interface SetPagesProps {
  page: SetPage
  onPage: (page: SetPage) => void
  sets: readonly Dataset[]
}

/** The chosen set: its pictures, its numbers, or its masks against others. */
export function SetPages({ page, onPage, sets }: SetPagesProps) {
  /** Pictures behind something in the numbers, instead of those that the filters find. */
  const [list, setList] = useState<ShownList | null>(null)
  const show = (next: ShownList): void => {
    setList(next)
    onPage('pictures')
  }
  if (page === 'numbers') return <NumbersPage onShow={show} />
  if (page === 'compare') return <ComparePage sets={sets} onShow={show} />
  return <PicturesPage list={list} onAll={() => setList(null)} />
}
