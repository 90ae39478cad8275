import * as vscode from 'vscode';
import { inspectionScheme } from './identifiers.ts';

let documents: InspectionDocuments | undefined;

/** Of this window. */
export function inspectionDocuments(): InspectionDocuments {
  return (documents ??= new InspectionDocuments());
}

/** Texts about models and the machine as documents that nobody can edit; another one about the same file takes its place. */
class InspectionDocuments {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  constructor() {
    // For as long as the host runs: a document may be read again at any time.
    vscode.workspace.registerTextDocumentContentProvider(inspectionScheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
    });
  }

  put(file: string, text: string): vscode.Uri {
    const { path } = vscode.Uri.file(file);
    const uri = vscode.Uri.from({ scheme: inspectionScheme, path: `${path}.md` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}
