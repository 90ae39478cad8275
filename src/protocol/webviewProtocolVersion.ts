/**
 * Raised with every change of a message's shape; the page and the host of different versions say so.
 * Apart from the schemas, so that the page, whose policy forbids `eval`, need not load them.
 */
export const webviewProtocolVersion = 1;
