import { useAction } from '../keys/use-action.ts'
import { useServices } from '../state/services.tsx'

/** The keys that are there whether a project is open or not. */
export function useHomeKeys(): void {
  const { route } = useServices()
  useAction('go.settings', () => route.show('settings'))
  useAction('go.projects', () => route.closeProject())
}

/** The keys that go from screen to screen of a project. */
export function useScreenKeys(): void {
  const { route } = useServices()
  useHomeKeys()
  useAction('go.tape', () => route.show('tape'))
  useAction('go.regions', () => route.show('regions'))
  useAction('go.label', () => route.show('label'))
  useAction('go.datasets', () => route.show('datasets'))
  useAction('go.experiments', () => route.show('experiments'))
  useAction('go.train', () => route.show('train'))
  useAction('go.review', () => route.show('review'))
  useAction('go.live', () => route.show('live'))
}
