/** Of the block of data in an exported page that holds what the page shows. */
export const contentId = 'attribute-lens-content';
