/** @file Icons of 20x20 px in the colour of the text around them. */
import type { ReactNode } from 'react'

/** The frame of every icon: paths in a box of 20x20. */
export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** The image circle of a fisheye camera, and a region in it. */
export function LensIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M7 8.2 12.2 7l1.3 4.6-5.2 1.7z" />
    </Icon>
  )
}

export function MissingIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7.25" strokeDasharray="2.6 2.8" />
      <path d="M10 6.5v4M10 13.3v.2" />
    </Icon>
  )
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m6 6 8 8M14 6l-8 8" />
    </Icon>
  )
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m4.500 10.500 3.500 3.500 7.500-8" />
    </Icon>
  )
}

export function WarningIcon() {
  return (
    <Icon>
      <path d="M10 3.200 17.600 16.300H2.400zM10 8v3.800M10 13.900v.2" />
    </Icon>
  )
}

export function InfoIcon() {
  return (
    <Icon>
      <path d="M10 9.200v4.300M10 6.500v.2M17.250 10a7.250 7.250 0 1 1-14.500 0 7.250 7.250 0 0 1 14.500 0z" />
    </Icon>
  )
}

export function TapeIcon() {
  return (
    <Icon>
      <path d="M3 4.500h14v11H3zM3 8h14M3 12h14M6.500 4.500V8M10 4.500V8M13.500 4.500V8M6.500 12v3.500M10 12v3.500M13.500 12v3.500" />
    </Icon>
  )
}

export function RegionsIcon() {
  return (
    <Icon>
      <path d="M4.500 5.500 12 3.800l4 6-3.500 6-8-1.800z" />
      <circle cx="4.500" cy="5.500" r="1.500" fill="currentColor" />
      <circle cx="12" cy="3.800" r="1.500" fill="currentColor" />
      <circle cx="16" cy="9.800" r="1.500" fill="currentColor" />
      <circle cx="12.500" cy="15.800" r="1.500" fill="currentColor" />
      <circle cx="4.500" cy="14" r="1.500" fill="currentColor" />
    </Icon>
  )
}

export function LabelIcon() {
  return (
    <Icon>
      <path d="M12.300 4.800 15.200 7.700 8.600 14.300c-.500-1.600-1.300-2.400-2.900-2.900zM5.700 11.400c-1.300.300-2 1.300-2 2.700 0 .900-.300 1.600-1 2 2.600.900 5.400.300 5.900-1.800M12.300 4.800l2-2 2.900 2.900-2 2" />
    </Icon>
  )
}

export function TrainIcon() {
  return (
    <Icon>
      <path d="M3 3v14h14M6 6c1.500 5.500 4 8 10.500 8.500" />
      <path d="M6 12.500c2-.500 6-2.500 10-7.500" strokeDasharray="2 2.500" />
    </Icon>
  )
}

export function ReviewIcon() {
  return (
    <Icon>
      <path d="M3 5.500 4.500 7 7 4M3 11.500 4.500 13 7 10M10 6h7M10 12h7M3 17h14" />
    </Icon>
  )
}

/** A camera that sends. */
export function LiveIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="2.250" />
      <path d="M6 14a5.700 5.700 0 0 1 0-8M14 6a5.700 5.700 0 0 1 0 8M3.600 16.400a9 9 0 0 1 0-12.800M16.400 3.600a9 9 0 0 1 0 12.800" />
    </Icon>
  )
}

export function JobsIcon() {
  return (
    <Icon>
      <path d="M10 3v3M10 14v3M17 10h-3M6 10H3M14.950 5.050l-2.120 2.120M7.170 12.830l-2.120 2.120M14.950 14.950l-2.120-2.120M7.170 7.170 5.050 5.050" />
    </Icon>
  )
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M3 6h7M14 6h3M3 14h3M10 14h7" />
      <circle cx="12" cy="6" r="2" />
      <circle cx="8" cy="14" r="2" />
    </Icon>
  )
}

export function KeysIcon() {
  return (
    <Icon>
      <rect x="2.500" y="5" width="15" height="10" rx="2" />
      <path d="M5.500 8.200h.2M8.500 8.200h.2M11.500 8.200h.2M14.400 8.200h.2M6.500 11.900h7" />
    </Icon>
  )
}

export function ProjectsIcon() {
  return (
    <Icon>
      <path d="M3 6.500h5l1.500-2h7v11H3z" />
    </Icon>
  )
}

export function FolderIcon() {
  return (
    <Icon>
      <path d="M2.800 15.500v-11h5l1.700 2h7.700v9z" />
    </Icon>
  )
}

export function FileIcon() {
  return (
    <Icon>
      <path d="M5 2.800h6.500L15 6.300v10.900H5zM11.300 2.800v3.700H15" />
    </Icon>
  )
}

export function FilmIcon() {
  return (
    <Icon>
      <rect x="3" y="4" width="14" height="12" rx="1.500" />
      <path d="m8.500 7.500 4 2.500-4 2.500z" />
    </Icon>
  )
}

export function PlusIcon() {
  return (
    <Icon>
      <path d="M10 4v12M4 10h12" />
    </Icon>
  )
}

export function MoreIcon() {
  return (
    <Icon>
      <path d="M4.500 10h.1M10 10h.1M15.500 10h.1" strokeWidth="2.600" />
    </Icon>
  )
}

export function TrashIcon() {
  return (
    <Icon>
      <path d="M3.500 5.500h13M8 5.500v-2h4v2M5 5.500l.8 11h8.400l.8-11M8.300 8.500v5M11.700 8.500v5" />
    </Icon>
  )
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M4 8.500h8a4 4 0 0 1 0 8H8M7.500 5 4 8.500 7.500 12" />
    </Icon>
  )
}

export function RedoIcon() {
  return (
    <Icon>
      <path d="M16 8.500H8a4 4 0 0 0 0 8h4M12.500 5 16 8.500 12.500 12" />
    </Icon>
  )
}

export function UpIcon() {
  return (
    <Icon>
      <path d="M10 16V4M5.500 8.500 10 4l4.500 4.500" />
    </Icon>
  )
}

export function DownIcon() {
  return (
    <Icon>
      <path d="M10 4v12M4.500 11.500 10 16l5.500-4.500" />
    </Icon>
  )
}

export function ClockIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7.250" />
      <path d="M10 6v4.200l2.800 1.700" />
    </Icon>
  )
}

export function LockIcon() {
  return (
    <Icon>
      <rect x="4.500" y="9" width="11" height="7.500" rx="1.500" />
      <path d="M7 9V6.500a3 3 0 0 1 6 0V9" />
    </Icon>
  )
}

/** Pictures, one above the other. */
export function PicturesIcon() {
  return (
    <Icon>
      <path d="M3 7.500h10.500v9H3zM6.500 7.500v-4H17v9h-3.500" />
      <path d="m3.500 14.500 3-3 2.200 2.200 1.600-1.600 2.900 2.900" />
    </Icon>
  )
}

/** A flask. */
export function ExperimentsIcon() {
  return (
    <Icon>
      <path d="M7.500 3h5M8.500 3v5L4 15.300A1.200 1.200 0 0 0 5 17h10a1.200 1.200 0 0 0 1-1.700L11.500 8V3M6.200 12h7.600" />
    </Icon>
  )
}
