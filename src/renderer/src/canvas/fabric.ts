/** @file The shapes of fabric that screens draw with: they come from here, fabric has one door. */
export { Circle, FabricText, Line, Path, Polygon, Polyline, Rect } from 'fabric'
