import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { version } from '../domain/version.ts';
import { endAfterCrash } from './crash.ts';
import { libraryVersions } from './jobs/libraryVersions.ts';
import { runJob } from './jobs/runJob.ts';
import { sendLog, serveEngine } from './serveEngine.ts';

// Started by `fork` with advanced serialisation; without a channel nobody could ask for anything.
if (!process.send) {
  process.stderr.write(
    'This is the engine of Attribute Lens; the editor starts it. On a shell, use attribute-lens.\n',
  );
  process.exit(2);
}

process.on('uncaughtException', (error) => endAfterCrash(error));
// Whoever asked for the work is gone; what is stored stays.
process.on('disconnect', () => process.exit(0));

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
serveEngine({
  connection,
  version,
  libraries: async () => ({ node: process.versions.node, ...(await libraryVersions()) }),
  runJob,
  end: () => process.disconnect(),
  now: () => performance.now(),
});
connection.listen();
sendLog(
  connection,
  'debug',
  `Engine ${version} runs as process ${process.pid} on Node ${process.versions.node}.`,
);
