import { useAction } from '../keys/use-action.ts'
import { useServices } from '../state/services.tsx'

/** The keys that go from screen to screen of a project. */
export function useScreenKeys(): void {
  const { route } = useServices()
  useAction('go.tape', () => route.show('tape'))
  useAction('go.regions', () => route.show('regions'))
  useAction('go.label', () => route.show('label'))
  useAction('go.train', () => route.show('train'))
  useAction('go.review', () => route.show('review'))
  useAction('go.settings', () => route.show('settings'))
  useAction('go.projects', () => route.closeProject())
}
