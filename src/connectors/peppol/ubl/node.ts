import type { Place } from '../../../ports/problem.ts';

/** An element of a document. */
export type UblNode = {
  /** Its prefix as every specification writes it (`cbc:ID`), whatever prefix the file gives it. */
  readonly name: string;
  readonly place: Place;
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly UblNode[];
  readonly text: string;
};

/** The text of an element and where it stands. */
export type Field = {
  readonly name: string;
  readonly text: string;
  readonly place: Place;
  /** The currency that an amount says it is in. */
  readonly currency: string | null;
};

/** All elements at a path of names, in the order of the file. */
export function nodesAt(node: UblNode, ...path: readonly string[]): readonly UblNode[] {
  return path.reduce<readonly UblNode[]>(
    (nodes, name) => nodes.flatMap((one) => one.children.filter((child) => child.name === name)),
    [node],
  );
}

/** The first element at a path of names. */
export function nodeAt(node: UblNode, ...path: readonly string[]): UblNode | null {
  return nodesAt(node, ...path)[0] ?? null;
}

/** The text at a path; empty where there is none. */
export function textAt(node: UblNode | null, ...path: readonly string[]): string {
  return node === null ? '' : (nodeAt(node, ...path)?.text.trim() ?? '');
}

/** The text at a path with its place. @returns null where there is none */
export function fieldAt(node: UblNode, ...path: readonly string[]): Field | null {
  const found = nodeAt(node, ...path);
  return found === null || found.text.trim() === '' ? null : fieldOf(found);
}

function fieldOf({ name, text, place, attributes }: UblNode): Field {
  return { name, text: text.trim(), place, currency: attributes.get('currencyID') ?? null };
}
