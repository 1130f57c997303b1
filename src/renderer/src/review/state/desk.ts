/** @file Where the reviewer is: which region, which list, what is chosen in it. */
import { Store } from '../../state/store.ts'
import {
  allOf,
  clicked,
  fewer,
  type ItemKeys,
  keptIn,
  type Modifiers,
  nothingChosen,
  type Selection,
  stepped,
} from '../items/selection.ts'

export type ListName = 'doubts' | 'events' | 'counts' | 'changes'

export interface DeskState {
  /** Id of the region; null = the first. */
  region: number | null
  list: ListName
  selection: Selection
}

export class Desk extends Store<DeskState> {
  constructor() {
    super({ region: null, list: 'doubts', selection: nothingChosen })
  }

  chooseRegion(region: number): void {
    if (region !== this.get().region) this.set({ ...this.get(), region })
  }

  show(list: ListName): void {
    if (list !== this.get().list) this.set({ ...this.get(), list, selection: nothingChosen })
  }

  click(list: ItemKeys, key: string, modifiers: Modifiers): void {
    this.#select(clicked(this.get().selection, list, key, modifiers))
  }

  /** Returns the key of the item that it has come to. */
  step(list: ItemKeys, by: number, modifiers?: Modifiers): string | null {
    this.#select(stepped(this.get().selection, list, by, modifiers))
    return this.get().selection.current
  }

  all(list: ItemKeys): void {
    this.#select(allOf(this.get().selection, list))
  }

  /** First back to one, then to none. */
  fewer(): void {
    const { selection } = this.get()
    this.#select(selection.chosen.size > 1 ? fewer(selection) : nothingChosen)
  }

  /** What is no longer in the list is no longer chosen. */
  keep(list: ItemKeys): void {
    const { selection } = this.get()
    const kept = keptIn(selection, list)
    if (kept.chosen.size !== selection.chosen.size || kept.current !== selection.current)
      this.#select(kept)
  }

  #select(selection: Selection): void {
    this.set({ ...this.get(), selection })
  }
}
