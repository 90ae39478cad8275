/** Opens the store in the folder given, says so, and holds it until it is killed or told to stop. */
import { VectorStore } from '../../../src/embedding/vectorStore.ts';
import { description, row } from '../../unit/embedding/storeSamples.ts';

const store = await VectorStore.open({
  storeFolder: process.argv[2]!,
  description: description(),
  log: () => undefined,
});
store.append([row(1)]);
process.on('message', () => {
  store.close();
  process.disconnect();
});
process.send!('open');
