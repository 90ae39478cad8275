/** A file by which a sample workspace is known; it holds the sample's parameters. */
export const sampleMarker = '.attribute-lens-sample.json';
