import type { XmlNode } from './records.ts';

/** The first child of a name. */
export function childOf(node: XmlNode, name: string): XmlNode | null {
  return node.children.find((child) => child.name === name) ?? null;
}

/** The text of the first child of a name, without spaces around it; empty when there is none. */
export function textOf(node: XmlNode, name: string): string {
  return childOf(node, name)?.text.trim() ?? '';
}

/**
 * Elements of a name inside another at any depth, but not inside one of `apart`: a receipt that
 * stands in a receipt by mistake keeps its own articles.
 */
export function elementsIn(
  node: XmlNode,
  name: string,
  apart: ReadonlySet<string>,
): readonly XmlNode[] {
  return node.children.flatMap((child) => {
    if (child.name === name) return [child];
    return apart.has(child.name) ? [] : elementsIn(child, name, apart);
  });
}
