import { byteAddress } from '../../../../shared/byte-routes.ts'
import { useProject } from '../../state/project-context.tsx'
import { useStore } from '../../state/use-store.ts'
import { useReview } from '../review-context.ts'
import type { ReviewActions } from '../use-review-actions.ts'
import { ItemCard } from './ItemCard.tsx'
import type { ReviewItem } from './item.ts'
import type { Items } from './use-items.ts'
import { useThumbnails } from './use-thumbnails.ts'
import { VirtualList } from './VirtualList.tsx'

interface ItemListProps {
  label: string
  items: Items
  actions: ReviewActions
  /** Whether items of several regions are in it. */
  isMixed: boolean
  /** First line: when or where; then what it is, and a number or two. */
  wordsOf: (item: ReviewItem) => { time: string; title: string; about: string }
  /** What was said of it. */
  saidOf: (item: ReviewItem) => string | null
}

/** CSS pixels. */
const rowHeight = 84

const idOf = (key: string): string => `item-${key.replaceAll(' ', '-')}`

export function ItemList({ label, items, actions, isMixed, wordsOf, saidOf }: ItemListProps) {
  const { session, data, tape } = useReview()
  const { handle, state } = useProject()
  const { selection } = useStore(session.desk)
  const thumbnails = useThumbnails()
  const geometry = state.recipe?.geometryHash ?? ''
  const { keys } = items
  return (
    <VirtualList
      label={label}
      count={items.items.length}
      rowHeight={rowHeight}
      current={selection.current === null ? -1 : keys.indexOf(selection.current)}
      idOf={(index) => idOf(keys.keyAt(index))}
      onStep={(by, isExtending) => actions.step(by, { adding: false, range: isExtending })}
      renderRow={(index) => {
        const item = items.items[index]
        const region = data.regions.find(({ id }) => id === item?.region)
        if (!item || !region) return null
        const at = { project: handle, tape: tape.id, frame: item.frame }
        return (
          <ItemCard
            {...wordsOf(item)}
            id={idOf(item.key)}
            address={`${byteAddress.thumbnail(at)}#${geometry}`}
            thumbnails={thumbnails}
            colour={region.colour}
            region={isMixed ? region.name : null}
            said={saidOf(item)}
            isChosen={selection.chosen.has(item.key)}
            isCurrent={selection.current === item.key}
            onOpen={(modifiers) => actions.open(item, modifiers)}
          />
        )
      }}
    />
  )
}
