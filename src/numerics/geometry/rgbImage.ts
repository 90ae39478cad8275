/** A decoded picture: sRGB, 8 bits a channel, upright, no alpha. */
export interface RgbImage {
  /** Red, green, blue of each pixel, row after row: `height` × `width` × 3 bytes. */
  readonly pixels: Uint8Array;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}
