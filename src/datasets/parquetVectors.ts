import {
  type AsyncBuffer,
  type ColumnMetaData,
  type DecodedArray,
  type FileMetaData,
  type PageHeader,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
// What hyparquet exports at its front holds a whole row group as lists of boxed numbers, eight times the
// size of the vectors; these parts of it decode a page.
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel, getTreePath } from 'hyparquet/src/schema.js';

/** Takes a column of lists, from the first row to the last. */
export interface VectorSink {
  /** A row begins. */
  row(): void;
  /** The next number of the row's list, null for one that is missing. A row without a list has none. */
  value(value: unknown): void;
}

/**
 * Reads a column of lists of floating-point numbers one page (about a megabyte) at a time, calling `onPage`
 * before each. Throws an Error for a file that is damaged, and what `onPage` and the sink throw.
 *
 * Levels as in the format's specification, «Nested encoding» (Dremel): a repetition level of 0 begins a row,
 * the largest definition level is a number, one below that of a list's element is a list without any.
 */
export async function readParquetVectors(
  file: AsyncBuffer,
  metadata: FileMetaData,
  column: string,
  sink: VectorSink,
  onPage: () => void,
): Promise<void> {
  const tree = parquetSchema(metadata);
  for (const { columns } of metadata.row_groups) {
    const chunk = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === column)?.meta_data;
    if (chunk === undefined) throw new Error(`a row group lacks the column ${column}`);
    const decoder = decoderOf(chunk, tree);
    let nLeft = Number(chunk.num_values);
    let dictionary: DecodedArray | undefined;
    for await (const { header, bytes } of pagesOf(file, chunk)) {
      onPage();
      if (header.type === 'DICTIONARY_PAGE') {
        const reader = { view: new DataView(bytes.buffer), offset: 0 };
        const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
        dictionary = data === undefined ? undefined : convert(data, decoder);
      } else {
        nLeft -= emitPage(bytes, header, dictionary, decoder, sink);
      }
    }
    if (nLeft !== 0) throw new Error(`${nLeft} numbers of the column ${column} are missing`);
  }
}

function decoderOf(chunk: ColumnMetaData, tree: SchemaTree) {
  const { path_in_schema: pathInSchema, type, codec } = chunk;
  const schemaPath = getTreePath(tree, pathInSchema);
  const { element } = schemaPath.at(-1)!;
  return { pathInSchema, type, element, schemaPath, codec, compressors, parsers: DEFAULT_PARSERS };
}

type Decoder = ReturnType<typeof decoderOf>;

interface Page {
  readonly header: PageHeader;
  /** In memory of their own, compressed. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Of numbers it takes less than a hundred. */
const maxHeaderBytes = 8192;

async function* pagesOf(file: AsyncBuffer, chunk: ColumnMetaData): AsyncGenerator<Page> {
  const data = Number(chunk.data_page_offset);
  // Some writers put 0 where there is no dictionary.
  const dictionary = Number(chunk.dictionary_page_offset ?? 0);
  let at = dictionary > 0 ? Math.min(dictionary, data) : data;
  const end = at + Number(chunk.total_compressed_size);
  while (at < end) {
    const reader = {
      view: new DataView(await file.slice(at, Math.min(at + maxHeaderBytes, end))),
      offset: 0,
    };
    const header = parquetHeader(reader);
    const start = at + reader.offset;
    at = start + header.compressed_page_size;
    if (!(at > start && at <= end)) throw new Error(`a page at byte ${start} goes beyond its column`);
    yield { header, bytes: new Uint8Array(await file.slice(start, at)) };
  }
}

/** Returns how many values the page holds, those that stand for empty and missing lists counted. */
function emitPage(
  bytes: Uint8Array,
  header: PageHeader,
  dictionary: DecodedArray | undefined,
  decoder: Decoder,
  sink: VectorSink,
): number {
  const v1 = header.data_page_header;
  const { num_values: nValues, encoding } = v1 ?? header.data_page_header_v2 ?? unknownPage(header);
  const page =
    v1 === undefined
      ? readDataPageV2(bytes, header, decoder)
      : readDataPage(
          decompressPage(bytes, header.uncompressed_page_size, decoder.codec, compressors),
          v1,
          decoder,
        );
  const values: ArrayLike<unknown> = convertWithDictionary(page.dataPage, dictionary, encoding, decoder);
  const { repetitionLevels, definitionLevels = [] } = page;
  const valueLevel = getMaxDefinitionLevel(decoder.schemaPath);
  const elementLevel = elementLevelOf(decoder.schemaPath);
  const hasAll = definitionLevels.length === 0;
  for (let i = 0, next = 0; i < nValues; i++) {
    if (repetitionLevels[i] === 0) sink.row();
    const level = hasAll ? valueLevel : definitionLevels[i]!;
    if (level === valueLevel) sink.value(values[next++]);
    else if (level >= elementLevel) sink.value(null);
  }
  return nValues;
}

/** The definition level from which on a list holds an element. */
function elementLevelOf(path: readonly SchemaTree[]): number {
  const repeated = path.findIndex(({ element }) => element.repetition_type === 'REPEATED');
  return getMaxDefinitionLevel(path.slice(0, repeated + 1));
}

function unknownPage({ type }: PageHeader): never {
  throw new Error(`a page of type ${type} holds no values`);
}
