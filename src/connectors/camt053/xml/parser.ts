import type { SaxesTagNS } from 'saxes';
import { placeIn, XmlEvents } from '../../../lib/xml-events.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import {
  ELEMENTS_BEFORE_MAX,
  ENTRY_ELEMENTS_MAX,
  HEAD_ELEMENTS_MAX,
  MARKUP_CHARS_MAX,
  MARKUP_DEPTH_MAX,
  STATEMENTS_MAX,
} from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { XmlNode } from './node.ts';

/** What a file is expected to be. */
const EXPECTED = 'XML camt.053.001, camt.054.001';

/** Every version, as SWIFT and ISO have named them. */
const NAMESPACE = /^urn:(?:iso:std:iso:20022:tech|swift):xsd:(?:\$?)(camt\.05[34])\.001\.\d{2}$/;

/** Messages by their namespace and name, and what each of their parts is called. */
const MESSAGES: Readonly<Record<string, { readonly part: string; readonly of: PartOf }>> = {
  'camt.053 BkToCstmrStmt': { part: 'Stmt', of: 'statement' },
  'camt.054 BkToCstmrDbtCdtNtfctn': { part: 'Ntfctn', of: 'notification' },
};

/** What a message tells of an account: all of its days, or payments as they come. */
export type PartOf = 'statement' | 'notification';

/** A part of a statement, in the order of the file. */
export type StatementPart =
  | { readonly kind: 'begin'; readonly of: PartOf; readonly place: Place }
  /** A child of the statement: its account, a balance, an entry. */
  | { readonly kind: 'node'; readonly node: XmlNode }
  | { readonly kind: 'end' };

/** An element whose end has not come. */
type OpenNode = Omit<XmlNode, 'children' | 'text' | 'attributes'> & {
  readonly attributes: Map<string, string>;
  children: XmlNode[];
  text: string;
};

type Facts = Readonly<Record<string, string>>;

/**
 * Takes a message in as text comes, and gives its statements part by part.
 *
 * A document type is refused: no statement needs one, and entities are how small files become
 * large. Wrong markup anywhere breaks the file off, because nobody knows what belongs to what.
 */
export class CamtParser {
  readonly #xml = new XmlEvents({
    open: (tag) => this.#openTag(tag),
    close: () => this.#closeTag(),
    text: (text) => this.#addText(text),
    broken: (code, found) => this.breakOff(code, { found }),
  });
  #parts: StatementPart[] = [];
  /** Elements open inside a child of the statement, that child the first. */
  readonly #open: OpenNode[] = [];
  #depth = 0;
  /** How deep the message stands; 0 outside. Its statements are its children. */
  #messageDepth = 0;
  #message: (typeof MESSAGES)[string] | null = null;
  #statementDepth = 0;
  #statements = 0;
  #elementsBefore = 0;
  #headElements = 0;
  #entryElements = 0;
  #charsSinceTag = 0;
  /** Why it cannot be read on. */
  broken: Problem | null = null;
  /** Whether the message was seen: the file is ours. */
  isOurs = false;

  write(piece: string): void {
    this.#charsSinceTag += piece.length;
    this.#xml.write(piece);
    if (this.#charsSinceTag > MARKUP_CHARS_MAX) {
      this.breakOff('record-too-long', { limit: String(MARKUP_CHARS_MAX) });
    }
  }

  close(): void {
    this.#xml.close();
    if (!this.isOurs) this.breakOff('format-unknown', { found: 'no camt.053 or camt.054' });
  }

  /** What has come since it was last asked. */
  take(): readonly StatementPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Takes note of why the file ends here. The first reason counts. */
  breakOff(code: ProblemCode, facts: Facts): void {
    if (this.broken !== null) return;
    const found = facts['found'] ?? code;
    this.broken =
      this.isOurs || found === '<!DOCTYPE>'
        ? problemAt(code, placeIn(this.#xml), facts)
        : problemAt('format-unknown', null, { found, expected: EXPECTED });
  }

  #openTag(tag: SaxesTagNS): void {
    if (this.broken !== null) return;
    this.#charsSinceTag = 0;
    this.#depth += 1;
    if (this.#depth > MARKUP_DEPTH_MAX) return this.#overLimit('depth', MARKUP_DEPTH_MAX);
    if (this.#messageDepth === 0) {
      this.#elementsBefore += this.isOurs ? 0 : 1;
      if (this.#elementsBefore > ELEMENTS_BEFORE_MAX) {
        return this.breakOff('format-unknown', { found: `{${tag.uri}}${tag.local}` });
      }
      const message = MESSAGES[`${NAMESPACE.exec(tag.uri)?.[1] ?? ''} ${tag.local}`];
      if (message === undefined) return;
      this.#message = message;
      this.#messageDepth = this.#depth;
      this.isOurs = true;
    } else if (this.#statementDepth === 0) {
      const isPart = tag.local === this.#message?.part;
      if (isPart && this.#depth === this.#messageDepth + 1) this.#openStatement();
    } else this.#openNode(tag);
  }

  #openStatement(): void {
    this.#statements += 1;
    if (this.#statements > STATEMENTS_MAX) return this.#overLimit('statements', STATEMENTS_MAX);
    this.#statementDepth = this.#depth;
    this.#headElements = 0;
    this.#parts.push({
      kind: 'begin',
      of: this.#message?.of ?? 'statement',
      place: this.#xml.starts,
    });
  }

  #openNode(tag: SaxesTagNS): void {
    if (this.#open.length === 0) this.#entryElements = 0;
    const isInEntry = (this.#open[0]?.name ?? tag.local) === 'Ntry';
    if (isInEntry) this.#entryElements += 1;
    else this.#headElements += 1;
    if (this.#entryElements > ENTRY_ELEMENTS_MAX) {
      return this.#overLimit('elements of an entry', ENTRY_ELEMENTS_MAX);
    }
    if (this.#headElements > HEAD_ELEMENTS_MAX) {
      return this.#overLimit('elements', HEAD_ELEMENTS_MAX);
    }
    const attributes = new Map(
      Object.values(tag.attributes)
        .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
        .map(({ local, value }) => [local, value]),
    );
    this.#open.push({
      ...{ name: tag.local, place: this.#xml.starts, attributes },
      ...{ children: [], text: '' },
    });
  }

  #closeTag(): void {
    if (this.broken !== null) return;
    this.#charsSinceTag = 0;
    this.#depth -= 1;
    const node = this.#open.pop();
    if (node !== undefined) {
      const parent = this.#open.at(-1);
      if (parent === undefined) this.#parts.push({ kind: 'node', node });
      else parent.children.push(node);
    } else if (this.#statementDepth > this.#depth) {
      this.#statementDepth = 0;
      this.#parts.push({ kind: 'end' });
    } else if (this.#messageDepth > this.#depth) this.#messageDepth = 0;
  }

  #addText(text: string): void {
    const node = this.#open.at(-1);
    if (node !== undefined && this.broken === null) node.text += text;
  }

  #overLimit(what: string, limit: number): void {
    this.breakOff('over-limit', { what, limit: String(limit) });
  }
}
