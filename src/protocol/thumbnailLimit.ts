/** At most so many images in one request for thumbnails. Apart from the schemas, as the protocol's version is. */
export const maxThumbnails = 100;
