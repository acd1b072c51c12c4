export { findLocation } from './find-location.ts';
export type { ReadText } from './map-place.ts';
export type { Location } from './place.ts';
