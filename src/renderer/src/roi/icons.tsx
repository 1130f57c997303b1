import { Icon } from '../ui/icons.tsx'

export function SelectIcon() {
  return (
    <Icon>
      <path d="m5 3.500 10 6-4.500 1.300L8 15z" />
    </Icon>
  )
}

export function PolygonIcon() {
  return (
    <Icon>
      <path d="M4 7.500 11 3.500l5.500 5-2.500 7.500-8-1z" />
    </Icon>
  )
}

export function RectangleIcon() {
  return (
    <Icon>
      <path d="M3.500 5h13v10h-13z" />
    </Icon>
  )
}

export function DuplicateIcon() {
  return (
    <Icon>
      <path d="M7 7h9.500v9.500H7zM3.500 13V3.500H13" />
    </Icon>
  )
}

export function DownIcon() {
  return (
    <Icon>
      <path d="M10 4v12M5.500 11.500 10 16l4.500-4.500" />
    </Icon>
  )
}

export function OpenLockIcon() {
  return (
    <Icon>
      <rect x="4.500" y="9" width="11" height="7.500" rx="1.500" />
      <path d="M7 9V6.500a3 3 0 0 1 5.800-1" />
    </Icon>
  )
}

export function IgnoreIcon() {
  return (
    <Icon>
      <path d="M3.500 5h13v10h-13zM3.500 9l4-4M3.500 14l9-9M7 15l9-9M12 15l4.500-4.500" />
    </Icon>
  )
}
