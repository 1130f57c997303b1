/** @file What the Review screen says while there is nothing to review yet. */

import type { ReactNode } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { JobsUnderWay, useJobsUnderWay } from '../jobs/JobsUnderWay.tsx'
import type { ScreenName } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { RegionsIcon, ReviewIcon, TapeIcon } from '../ui/icons.tsx'

interface LeadProps {
  icon: ReactNode
  title: string
  to: ScreenName
  button: string
  children: ReactNode
}

function Lead({ icon, title, to, button, children }: LeadProps) {
  const { route } = useServices()
  return (
    <Empty
      picture={<span className="review-empty-icon">{icon}</span>}
      title={title}
      action={
        <Button kind="primary" size="large" onClick={() => route.show(to)}>
          {button}
        </Button>
      }
    >
      {children}
    </Empty>
  )
}

export function NoPicture() {
  return (
    <Lead icon={<TapeIcon />} title="First the picture" to="tape" button="Set the picture">
      <p>Say on the Tape screen what of the tape is looked at, and how large.</p>
    </Lead>
  )
}

export function NoFrames() {
  return (
    <Lead icon={<TapeIcon />} title="This tape has no frames" to="tape" button="Go to Tape">
      <p>Choose another tape, or add one that can be read.</p>
    </Lead>
  )
}

export function NoRegions() {
  return (
    <Lead icon={<RegionsIcon />} title="No regions to count in" to="regions" button="Draw regions">
      <p>
        People are counted region by region. Draw at least one place in which somebody may be; if
        the network has looked at the tape already, its counts are there at once.
      </p>
    </Lead>
  )
}

/** The network has not looked at the tape with this picture yet. */
export function NothingRun({ tape }: { tape: Tape }) {
  const underWay = useJobsUnderWay()
  if (underWay.length > 0)
    return (
      <Empty
        picture={
          <span className="review-empty-icon">
            <ReviewIcon />
          </span>
        }
        title="There is nothing to review yet"
        action={<JobsUnderWay jobs={underWay} />}
      >
        <p>Something is under way. What comes of it shows up here.</p>
      </Empty>
    )
  return (
    <Lead
      icon={<ReviewIcon />}
      title="The network has not looked at this tape yet"
      to="train"
      button="Go to Train"
    >
      <p>
        Let it look at all {tape.frames.toLocaleString('en')} frames first: on the Train screen,
        with the network as it is, or after it has learnt from your masks. Then the counts of each
        region are here to be checked.
      </p>
    </Lead>
  )
}
