import type { ProviderRecord } from '../../src/protocol/report.ts';

/** Nothing was asked for, and the CPU ran all of it. A record of its own each time: tests change them. */
export function onCpu(): ProviderRecord {
  return { requested: 'auto', ran: 'cpu', nodeShare: 1, nodeTimeShare: 1, agreement: null, refused: [] };
}
