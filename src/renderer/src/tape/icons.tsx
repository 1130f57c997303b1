import { Icon } from '../ui/icons.tsx'

export function PlayIcon() {
  return (
    <Icon>
      <path d="m6.500 4 9 6-9 6z" fill="currentColor" />
    </Icon>
  )
}

export function PauseIcon() {
  return (
    <Icon>
      <path d="M6.500 4.500v11M13.500 4.500v11" strokeWidth="3" />
    </Icon>
  )
}

export function StepBackIcon() {
  return (
    <Icon>
      <path d="M12.500 5 7 10l5.500 5" />
    </Icon>
  )
}

export function StepOnIcon() {
  return (
    <Icon>
      <path d="m7.500 5 5.500 5-5.500 5" />
    </Icon>
  )
}

export function JumpBackIcon() {
  return (
    <Icon>
      <path d="m10 5-5 5 5 5M16 5l-5 5 5 5" />
    </Icon>
  )
}

export function JumpOnIcon() {
  return (
    <Icon>
      <path d="m4 5 5 5-5 5M10 5l5 5-5 5" />
    </Icon>
  )
}

export function GridIcon() {
  return (
    <Icon>
      <path d="M3.500 3.500h13v13h-13zM3.500 7.800h13M3.500 12.200h13M7.800 3.500v13M12.200 3.500v13" />
    </Icon>
  )
}
