import { Icon } from '../ui/icons.tsx'

export function FitIcon() {
  return (
    <Icon>
      <path d="M3.500 7.500v-4h4M12.500 3.500h4v4M16.500 12.500v4h-4M7.500 16.500h-4v-4" />
    </Icon>
  )
}

export function ZoomInIcon() {
  return (
    <Icon>
      <path d="M14.300 9a5.300 5.300 0 1 1-10.600 0 5.300 5.300 0 0 1 10.600 0zM13 13l4 4M6.600 9h4.800M9 6.600v4.800" />
    </Icon>
  )
}

export function ZoomOutIcon() {
  return (
    <Icon>
      <path d="M14.300 9a5.300 5.300 0 1 1-10.600 0 5.300 5.300 0 0 1 10.600 0zM13 13l4 4M6.600 9h4.800" />
    </Icon>
  )
}
