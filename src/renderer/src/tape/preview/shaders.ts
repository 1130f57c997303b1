/** @file The recipe's mapping (src/shared/geometry.ts) for a graphics processor. */

export const vertexShader = `
attribute vec2 corner;
varying vec2 place;
void main() {
  place = vec2(corner.x + 1.0, 1.0 - corner.y) / 2.0;
  gl_Position = vec4(corner, 0.0, 1.0);
}`

/** `place` runs from 0 to 1 over the result, from its top left corner. */
export const fragmentShader = `
precision highp float;
varying vec2 place;
uniform sampler2D picture;
uniform vec2 tape;
uniform vec4 crop;
uniform vec2 rendered;
uniform vec2 extent;
uniform mat3 turn;
uniform vec3 lens;
void main() {
  vec2 at = crop.xy + place * crop.zw;
  if (lens.z > 0.0) {
    vec3 direction = turn * vec3(extent * (2.0 * at / rendered - 1.0), 1.0);
    float sideways = length(direction.xy);
    float perUnit = sideways > 0.0 ? lens.z * atan(sideways, direction.z) / sideways : 0.0;
    at = lens.xy + direction.xy * perUnit;
  }
  bool isThere = all(greaterThanEqual(at, vec2(0.0))) && all(lessThan(at, tape));
  gl_FragColor = isThere ? vec4(texture2D(picture, at / tape).rgb, 1.0) : vec4(0.0, 0.0, 0.0, 1.0);
}`
