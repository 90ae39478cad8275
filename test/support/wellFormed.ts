/**
 * Elements of an XML document in the order of their starts; throws a sentence where it is not well formed, as an XML
 * parser would: characters that XML has not, tags that do not match, attributes twice or without quotes, bare `&`.
 */
export function elementsOf(xml: string): XmlElement[] {
  const found: XmlElement[] = [];
  const open: XmlElement[] = [];
  const foreign = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  if (foreign) throw new Error(`Character ${foreign[0].codePointAt(0)!.toString(16)} at ${foreign.index}.`);
  let at = 0;
  while (at < xml.length) {
    token.lastIndex = at;
    const match = token.exec(xml);
    if (!match) throw new Error(`Not XML at ${at}: ${xml.slice(at, at + 80)}`);
    const [whole, text, closing, opening, attributes, empty] = match;
    if (text !== undefined) {
      const parent = open.at(-1);
      if (parent) parent.text += decoded(text);
      else if (text.trim() !== '') throw new Error(`Text outside the document: ${text.slice(0, 80)}`);
    } else if (closing !== undefined) {
      const element = open.pop();
      if (element?.tag !== closing) throw new Error(`</${closing}> closes <${element?.tag ?? ''}>.`);
    } else {
      if (open.length === 0 && found.length > 0) throw new Error(`A second root, <${opening!}>.`);
      const element = { tag: opening!, attributes: attributesOf(attributes ?? ''), text: '' };
      found.push(element);
      if (empty !== '/') open.push(element);
    }
    at += whole.length;
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)!.tag}> is not closed.`);
  return found;
}

export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

const token = /([^<]+)|<\/([\w:-]+)\s*>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;

function attributesOf(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/\s+([\w:-]+)="([^"]*)"/g)) {
    if (Object.hasOwn(values, name!)) throw new Error(`${name!} is given twice.`);
    values[name!] = decoded(value!);
  }
  return values;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function decoded(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = entities[entity];
    if (character === undefined) throw new Error(`«${entity}» is no entity.`);
    return character;
  });
}
