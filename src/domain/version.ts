/** The product's version, as reports and the engine's handshake carry it; a test keeps it equal to the manifest's. */
export const version = '0.1.0';
