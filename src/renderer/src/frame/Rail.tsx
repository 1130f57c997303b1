import type { ReactNode } from 'react'
import icon from '../../../../resources/icon.svg'
import { unreviewed } from '../review/state/unreviewed.ts'
import { formatRoute, type ScreenName } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import {
  ExperimentsIcon,
  LabelIcon,
  LiveIcon,
  PicturesIcon,
  RegionsIcon,
  ReviewIcon,
  SettingsIcon,
  TapeIcon,
  TrainIcon,
} from '../ui/icons.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import './Rail.css'
import type { ActionName } from '../keys/actions.ts'

interface Place {
  screen: ScreenName
  title: string
  icon: ReactNode
  action: ActionName
}

/** The steps of the work, in their order. */
const places: readonly Place[] = [
  { screen: 'tape', title: 'Tape', icon: <TapeIcon />, action: 'go.tape' },
  { screen: 'regions', title: 'Regions', icon: <RegionsIcon />, action: 'go.regions' },
  { screen: 'label', title: 'Label', icon: <LabelIcon />, action: 'go.label' },
  { screen: 'datasets', title: 'Datasets', icon: <PicturesIcon />, action: 'go.datasets' },
  {
    screen: 'experiments',
    title: 'Experiments',
    icon: <ExperimentsIcon />,
    action: 'go.experiments',
  },
  { screen: 'train', title: 'Train', icon: <TrainIcon />, action: 'go.train' },
  { screen: 'review', title: 'Review', icon: <ReviewIcon />, action: 'go.review' },
  { screen: 'live', title: 'Live', icon: <LiveIcon />, action: 'go.live' },
]

const settingsPlace: Place = {
  screen: 'settings',
  title: 'Settings',
  icon: <SettingsIcon />,
  action: 'go.settings',
}

function RailLink({ place }: { place: Place }) {
  const { route } = useServices()
  const here = useStore(route)
  const { screen, title, action } = place
  return (
    <Tooltip text={`Go to ${title}`} action={action} side="right">
      <a
        className="rail-link"
        href={formatRoute({ ...here, screen })}
        aria-current={here.screen === screen ? 'page' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          route.show(screen)
        }}
      >
        {place.icon}
        <span>{title}</span>
        {screen === 'review' && <Unreviewed />}
      </a>
    </Tooltip>
  )
}

const most = 999

/** How much is left to look at, once the Review screen has counted it. */
function Unreviewed() {
  const { route } = useServices()
  const { project } = useStore(route)
  const known = useStore(unreviewed)
  const left = known.project === project ? known.count : null
  if (!left) return null
  return (
    <span className="rail-count">
      {left > most ? `${most}+` : left}
      <span className="unseen"> to review</span>
    </span>
  )
}

/** The bar at the left of an open project: its screens, the settings, and the way back. */
export function Rail() {
  return (
    <nav className="rail" aria-label="Screens">
      <Tooltip text="All projects" action="go.projects" side="right">
        <a className="rail-home" href="#/" aria-label="All projects">
          <img src={icon} alt="" />
        </a>
      </Tooltip>
      {places.map((place) => (
        <RailLink key={place.screen} place={place} />
      ))}
      <span className="rail-space" />
      <RailLink place={settingsPlace} />
    </nav>
  )
}
