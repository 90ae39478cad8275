import { z } from 'zod';
import type { Report } from './report.ts';

export { webviewProtocolVersion } from './webviewProtocolVersion.ts';

/** From the page to the host. `ready` comes first, always. */
export const pageMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), version: z.int() }),
  /** Open the report as text beside the page. */
  z.strictObject({ type: z.literal('openAsText') }),
  z.strictObject({ type: z.literal('showLog') }),
  z.strictObject({ type: z.literal('copy'), text: z.string().max(10_000_000) }),
  z.strictObject({ type: z.literal('pageError'), message: z.string() }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;

/** From the host to the page. */
export type HostMessage =
  | { readonly type: 'report'; readonly report: Report; readonly fileName: string }
  /** The file is no report, from a newer version, or gone; a sentence that says which. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'versionMismatch'; readonly hostVersion: number };

/** What the page keeps over a reload, in the webview's own state. */
export const pageStateSchema = z.object({
  model: z.string().optional(),
  attribute: z.string().optional(),
  filter: z.string().optional(),
  sort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  view: z.enum(['chart', 'table']).optional(),
  /** Whether a modality that spreads points left of zero. */
  signed: z.boolean().optional(),
});
export type PageState = z.infer<typeof pageStateSchema>;
