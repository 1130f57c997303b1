/** @file Icons of 20x20 px in the colour of the text around them. */
import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
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
