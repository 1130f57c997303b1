/** A fisheye picture of a floor with two regions in it, somebody standing in one of them. */
export function LensPicture() {
  return (
    <svg className="lens-picture" viewBox="0 0 200 200" fill="none" aria-hidden="true">
      <circle className="lens-glass" cx="100" cy="100" r="92" />
      <g className="lens-grid">
        <path d="M100 8v184M8 100h184" />
        <path d="M52 21.5C30 70 30 130 52 178.500M148 21.500C170 70 170 130 148 178.500" />
        <path d="M21.500 52C70 30 130 30 178.500 52M21.500 148C70 170 130 170 178.500 148" />
      </g>
      <path className="lens-region" d="M46 82 84 70l8 34-40 14z" />
      <path className="lens-region lens-region-occupied" d="M108 88l44-4 6 44-46 6z" />
      <g className="lens-person">
        <circle cx="133" cy="97" r="8" />
        <path d="M119 126c0-10 6-17 14-17s14 7 14 17z" />
      </g>
    </svg>
  )
}
