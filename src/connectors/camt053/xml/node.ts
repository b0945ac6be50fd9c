import type { Place } from '../../../ports/problem.ts';

/** An element of a statement. */
export type XmlNode = {
  /** Without its prefix. */
  readonly name: string;
  readonly place: Place;
  /** By name without prefix, in the order of the file. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly text: string;
};

/** All elements at a path of names, in the order of the file. */
export function nodesAt(node: XmlNode, ...path: readonly string[]): readonly XmlNode[] {
  return path.reduce<readonly XmlNode[]>(
    (nodes, name) => nodes.flatMap((one) => one.children.filter((child) => child.name === name)),
    [node],
  );
}

/** The first element at a path of names. */
export function nodeAt(node: XmlNode, ...path: readonly string[]): XmlNode | null {
  return nodesAt(node, ...path)[0] ?? null;
}

/** The text at a path; empty where there is none. */
export function textAt(node: XmlNode, ...path: readonly string[]): string {
  return nodeAt(node, ...path)?.text.trim() ?? '';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** The element as text, with all that stands in it. Spaces between elements are not kept. */
export function writeNode({ name, attributes, children, text }: XmlNode): string {
  const written = [...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  const inner = children.length > 0 ? children.map(writeNode).join('') : escapedText(text);
  return `<${name}${written}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

/** Text of an element, where quotes and line breaks stand as they are. */
export function escapedText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);
}
