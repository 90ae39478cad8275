import type { Phrase } from './wording.ts';

interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** An element with children. Strings become text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: className, text, attributes = {} }: Properties = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== undefined) node.className = className;
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** A sentence: names in `<bdi>`, so that none can turn the sentence around, numbers in bold. */
export function phraseNodes(phrase: Phrase): readonly Node[] {
  return phrase.map((part) => {
    if (typeof part === 'string') return document.createTextNode(part);
    if ('name' in part) {
      return element('bdi', { class: 'name', text: part.name, attributes: { title: part.name } });
    }
    return element('strong', { class: 'figure', text: part.number });
  });
}

/** Makes these the children, in this order, and moves none that stands right. */
export function setChildren(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/** Sets text only where it differs, so that live regions speak only of changes. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function reducedMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
