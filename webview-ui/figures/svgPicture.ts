import type { SvgPath } from './svgPath.ts';
import { attributes, escapeXml } from './svgText.ts';

type Values = Readonly<Record<string, string | number | undefined>>;
export type Paint = Values;

export interface Drawn {
  readonly tag: 'circle' | 'path' | 'rect' | 'text';
  readonly place: Values;
  readonly paint: Paint;
  readonly clip: string | null;
  readonly text?: string;
  readonly path?: SvgPath;
}

/** What all contexts of one picture write into. */
export class SvgPicture {
  readonly #drawn: Drawn[] = [];
  /** By their path and the clip that they lie in, so that equal ones are one. */
  readonly #clips = new Map<string, { readonly data: string; readonly within: string | null }>();

  add(drawn: Drawn): void {
    const before = this.#drawn.at(-1);
    if (before && isOutlineOf(drawn, before)) {
      this.#drawn.pop();
      this.#drawn.push({ ...drawn, paint: { ...drawn.paint, ...before.paint } });
    } else this.#drawn.push(drawn);
  }

  clipOf(data: string, within: string | null): string {
    const key = `${within ?? ''}|${data}`;
    this.#clips.set(key, this.#clips.get(key) ?? { data, within });
    return key;
  }

  toString(idPrefix: string): string {
    const ids = new Map([...this.#clips.keys()].map((key, i) => [key, `${idPrefix}-${i + 1}`]));
    const reference = (clip: string | null) => (clip === null ? undefined : `url(#${ids.get(clip)!})`);
    const clips = [...this.#clips].map(
      ([key, { data, within }]) =>
        `<clipPath${attributes({ id: ids.get(key), 'clip-path': reference(within) })}><path${attributes({ d: data })}/></clipPath>`,
    );
    let body = '';
    this.#drawn.forEach((drawn, i) => {
      const { clip } = drawn;
      const [before, after] = [this.#drawn[i - 1]?.clip ?? null, this.#drawn[i + 1]?.clip ?? null];
      if (clip !== null && before !== clip) body += `<g${attributes({ 'clip-path': reference(clip) })}>\n`;
      body += `${elementOf(drawn)}\n`;
      if (clip !== null && after !== clip) body += '</g>\n';
    });
    return (clips.length > 0 ? `<defs>${clips.join('')}</defs>\n` : '') + body;
  }
}

function elementOf({ tag, place, paint, text }: Drawn): string {
  const start = `<${tag}${attributes({ ...place, ...paint })}`;
  return text === undefined ? `${start}/>` : `${start}>${escapeXml(text)}</${tag}>`;
}

/** Filled and then outlined is one shape. */
function isOutlineOf({ path, place, paint, clip }: Drawn, before: Drawn): boolean {
  return (
    path !== undefined &&
    path === before.path &&
    clip === before.clip &&
    'stroke' in paint &&
    !('stroke' in before.paint) &&
    attributes(place) === attributes(before.place)
  );
}
