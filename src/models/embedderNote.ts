import type { DiagnosticCode } from '../domain/diagnostic.ts';

/** What the report should say about opening a model: the diagnostic it belongs to, and a clause. */
export interface EmbedderNote {
  readonly code: DiagnosticCode;
  readonly text: string;
}
