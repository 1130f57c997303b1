/** @file Icons of the painter's tools. */
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icons.tsx'
import type { ToolName } from '../paint/settings.ts'

const drawn: Readonly<Record<ToolName, ReactNode>> = {
  brush: (
    <path d="M16.500 3.500c-4 2-6.500 4.500-8 7.500l1.500 1.500c3-1.500 5.500-4 7.500-8zM8 11.500c-2.300 0-3.300 1.300-3.500 3-.100.900-.700 1.500-1.500 2 3 .700 6.500.100 6.500-3.500" />
  ),
  eraser: <path d="m8.500 16.500-5-5 8-8 5 5-8 8zM7 8l5 5M8.500 16.500h8" />,
  smart: (
    <path d="M13 7c-2.500 1.500-4.200 3.200-5.200 5.200L9 13.400c2-1 3.700-2.700 5.200-5.200M7.500 12.800c-1.900 0-2.700 1-2.900 2.400-.100.700-.500 1.200-1.100 1.600 2.400.500 5.200.100 5.200-2.800M15 2l.700 1.800L17.500 4.500l-1.800.700L15 7l-.700-1.800-1.800-.700 1.800-.700zM6 3.500l.500 1.300 1.300.500-1.300.500L6 7.100l-.500-1.300-1.300-.500 1.300-.500z" />
  ),
  ignore: (
    <>
      <circle cx="10" cy="10" r="6.750" />
      <path d="m5.300 14.700 9.400-9.400" />
    </>
  ),
  polygon: (
    <>
      <path d="M5 4.500 15.500 6.500 13 15.500 4 13z" />
      <g fill="currentColor">
        <circle cx="5" cy="4.500" r="1.400" />
        <circle cx="15.500" cy="6.500" r="1.400" />
        <circle cx="13" cy="15.500" r="1.400" />
        <circle cx="4" cy="13" r="1.400" />
      </g>
    </>
  ),
  lasso: (
    <path d="M5.500 12.300C3.900 11.500 3 10.300 3 8.900 3 6 6.100 3.500 10 3.500s7 2.500 7 5.400-3.100 5.400-7 5.400c-.700 0-1.300-.100-1.900-.200M5.500 12.300a1.600 1.600 0 1 0 2.600 1.800 1.600 1.600 0 0 0-2.600-1.800zM7.600 15c.400 1 .300 1.800-.600 2.500" />
  ),
  rectangle: <path d="M3.500 5h13v10h-13z" />,
  ellipse: <ellipse cx="10" cy="10" rx="7" ry="5" />,
  fill: (
    <path d="m8 3.500 7 7-5.300 5.300c-.600.600-1.500.600-2.100 0L3.700 11.900c-.600-.600-.600-1.500 0-2.100L9 4.500M3.500 11h11M17 13.500c.900 1.300 1.300 2 1.300 2.600a1.300 1.300 0 0 1-2.600 0c0-.600.400-1.300 1.300-2.600z" />
  ),
  wand: (
    <path d="m3.500 16.500 8.500-8.500M10.500 6.500l3 3M14.500 2.500v2.500M17.500 5.500H15M16.700 3.300l-1.500 1.500M9.500 3.500v1.500M16.500 10.500H15" />
  ),
  accept: (
    <>
      <path d="M3.500 8V3.500H8M12 3.500h4.500V8M16.500 12v4.500H12M8 16.500H3.500V12" />
      <path d="m7 10.200 2.200 2.200 4-4.600" />
    </>
  ),
}

export function ToolIcon({ tool }: { tool: ToolName }) {
  return <Icon>{drawn[tool]}</Icon>
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M7.500 4 4 7.500 7.500 11M4 7.500h8a4 4 0 0 1 0 8H8.500" />
    </Icon>
  )
}

export function RedoIcon() {
  return (
    <Icon>
      <path d="M12.500 4 16 7.500 12.500 11M16 7.500H8a4 4 0 0 0 0 8h3.500" />
    </Icon>
  )
}

export function EyeIcon({ off }: { off: boolean }) {
  return (
    <Icon>
      <path d="M2.500 10C4 7 6.700 5 10 5s6 2 7.500 5c-1.500 3-4.200 5-7.500 5s-6-2-7.500-5z" />
      <circle cx="10" cy="10" r="2.250" />
      {off && <path d="m4 16.500 12-13" />}
    </Icon>
  )
}

export function FlagIcon() {
  return (
    <Icon>
      <path d="M5.500 17V3.500h9.500L13 7l2 3.500H5.500" />
    </Icon>
  )
}

export function LockIcon({ locked }: { locked: boolean }) {
  return (
    <Icon>
      <path d="M5.500 9h9v7.500h-9z" />
      <path d={locked ? 'M7 9V6.500a3 3 0 0 1 6 0V9' : 'M7 9V5.500a3 3 0 0 1 5.800-1'} />
    </Icon>
  )
}

export function NextIcon() {
  return (
    <Icon>
      <path d="m8 5 5 5-5 5" />
    </Icon>
  )
}

export function PreviousIcon() {
  return (
    <Icon>
      <path d="m12 5-5 5 5 5" />
    </Icon>
  )
}
