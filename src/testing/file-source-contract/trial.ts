import type { DocumentKind } from '../../domain/document/document.ts';
import type { AnyConnector } from '../../ports/connector.ts';

/** What the suite for file sources needs of a connector. Written in its `contract.ts`. */
export type FileTrial = {
  /** Settings as a person would write them, with which every fixture can be read. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Each file in `fixtures/` that the connector reads. */
  readonly fixtures: readonly FixtureTrial[];
  /** Files in `fixtures/` that are no input, such as mapping profiles. */
  readonly besides: readonly string[];
  /** Files of several documents, at least one for each format that can hold several. */
  readonly samples: readonly Sample[];
  /** Tests that this source cannot pass, each with the reason. They stand in its README too. */
  readonly gaps?: Readonly<Record<string, string>>;
};

/** A file and the documents that it must be read as, in order. */
export type FixtureTrial = {
  readonly file: string;
  readonly documents: readonly {
    readonly kind: DocumentKind;
    /** `refKey` of the document. */
    readonly ref: string;
  }[];
};

/** A file whose parts are one document each: damage in one leaves the others as they are. */
export type Sample = {
  readonly name: string;
  /** What all documents need, such as a header line. */
  readonly head: Uint8Array;
  readonly parts: readonly Uint8Array[];
};

/** A trial with the connector it is of, and where its fixtures are. */
export type FilesUnderTest = {
  readonly connector: AnyConnector;
  readonly folder: string;
  readonly trial: FileTrial;
};
