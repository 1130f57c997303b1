/** A name of at most so many characters, cut in the middle: both ends tell names apart. */
export function shortened(name: string, most: number): string {
  const letters = [...name]
  if (letters.length <= most) return name
  const kept = most - 1
  const front = Math.ceil(kept / 2)
  const back = kept - front
  return `${letters.slice(0, front).join('').trimEnd()}…${letters
    .slice(letters.length - back)
    .join('')
    .trimStart()}`
}
