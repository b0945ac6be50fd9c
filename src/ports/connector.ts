import type { z } from 'zod';
import type { DocumentKind } from '../domain/document/document.ts';
import type { Language } from '../domain/posting/words.ts';
import type { ArticleReader } from './articles.ts';
import type { BalanceWriter } from './balances.ts';
import type { Clock } from './clock.ts';
import type { Feed } from './feed.ts';
import { wordsIn, type FieldText, type Words } from './field-texts.ts';
import type { SourceExaminer } from './health.ts';
import type { HookKeeper, HookReader } from './hooks.ts';
import type { Http } from './http.ts';
import type { FileSource } from './source.ts';
import type { StockReader } from './stock.ts';
import type { Shop, Target } from './target.ts';

/** What a connector is given. Time, chance and network come in here, and from nowhere else. */
export type ConnectorContext<Settings> = {
  readonly settings: Settings;
  readonly http: Http;
  readonly clock: Clock;
  /** The connection's login, where the system has one. */
  readonly credentials: Credentials;
};

/**
 * The login of one connection, safe to use from any number of processes.
 *
 * `refresh` runs alone over all processes: the connector gets the newest stored secret, answers
 * with the next one, and it is stored before anyone uses it.
 */
export type Credentials = {
  /** The secrets as last stored. */
  current(): Promise<Secrets>;
  /**
   * @param stale - the secrets that did not work; when others have replaced them meanwhile, those
   *   are returned and `renew` is not called
   */
  refresh(stale: Secrets, renew: (newest: Secrets) => Promise<Secrets>): Promise<Secrets>;
};

/** Secret fields of a connection, encrypted at rest. */
export type Secrets = Readonly<Record<string, string>>;

/** How often a system may be called: so many requests in any window of so long. */
export type RateLimit = { readonly requests: number; readonly perMs: number };

/** What a connection can do once it is opened. */
export type Opened = {
  readonly files?: FileSource;
  /** It is asked what is new in it; `files` reads what it tells. */
  readonly feed?: Feed;
  /** It is told where to send its messages. Absent: a person enters the address there. */
  readonly hooks?: HookKeeper;
  /** It can be looked at for what would stop its documents. */
  readonly examiner?: SourceExaminer;
  readonly target?: Target;
  /** It is told what has become of what it gave. */
  readonly shop?: Shop;
  /** It can be asked what it has in stock. */
  readonly stock?: StockReader;
  /** It can be asked for its register of articles. */
  readonly articles?: ArticleReader;
  /** What customers owe goes back to it. */
  readonly balances?: BalanceWriter;
};

/** A login that a person gives by consenting on the outside system's own page (OAuth). */
export type Consent<Settings> = {
  /** The page to send the person to, and what to keep until they are back. */
  page(
    settings: Settings,
    redirectUri: string,
  ): { readonly url: string; readonly state: string; readonly verifier: string };
  /**
   * Exchanges what the page sent back for a login.
   *
   * @returns the secrets to store, and settings that the consent has told
   * @throws ConnectorError when the outside system does not accept it
   */
  exchange(
    given: { readonly settings: Settings; readonly http: Http; readonly clock: Clock },
    secrets: Secrets,
    answer: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
  ): Promise<{ readonly secrets: Secrets; readonly settings: Settings }>;
};

/**
 * Keys that a system hands out itself: a person approves on its own page, and it sends them to the
 * hub. What is sent is believed for its state alone, which nobody can guess and which counts once.
 */
export type KeyPage<Settings> = {
  /** The page to send the person to. */
  url(settings: Settings, at: KeyPageReturn): string;
  /** @returns null when what was sent is no hand-out of keys */
  read(body: Uint8Array): { readonly state: string; readonly secrets: Secrets } | null;
};

/** What a system's own page is told when a person is sent there for keys. */
export type KeyPageReturn = {
  readonly state: string;
  /** Where the system sends the keys. */
  readonly keysTo: string;
  /** Where it sends the person afterwards. */
  readonly personTo: string;
  /** Whether keys are wanted that change something there. */
  readonly mayWrite: boolean;
};

/**
 * Everything the hub knows of an external system without opening it.
 *
 * Read by the engine (limits), the CLI and the web app (settings form), the docs and the contract
 * suites.
 */
export type Connector<Schema extends z.ZodObject = z.ZodObject> = {
  /** The folder's name. Stored in the database: never changes. */
  readonly id: string;
  readonly name: string;
  /** The only hosts that may be called; `settings` may name another for a test installation. */
  readonly hosts: (settings: z.infer<Schema>) => readonly string[];
  /** Settings with their descriptions; the form and its checks are made from it. */
  readonly settings: Schema;
  /** What the form says to people who read another language than that of the descriptions. */
  readonly texts: ConnectorTexts<Schema>;
  /** Names of the fields in `Secrets`. Never shown again, never logged. */
  readonly secrets: readonly string[];
  /** Those of `secrets` that a person types in; absent: all that are asked for. */
  readonly typedSecrets?: readonly string[];
  /** Absent: the login is given by settings and secrets alone. */
  readonly consent?: Consent<z.infer<Schema>>;
  /** Its login can be had from a page of its own. Absent: a person copies it. */
  readonly keyPage?: KeyPage<z.infer<Schema>>;
  /** It sends messages when something has changed. Absent: it is only asked. */
  readonly hooks?: HookReader;
  readonly rateLimit: RateLimit | null;
  /**
   * What a connection's settings say of how files are read beyond what the system knows by itself,
   * each way as settings of its own: connections that read alike give equal ones. By these it is
   * found whose a file is that came without a name, so none may itself say whose files are, or take
   * for granted what the file does not tell. Absent: none.
   */
  readonly layouts?: (settings: z.infer<Schema>) => readonly unknown[];
  readonly gives: readonly DocumentKind[];
  readonly takes: readonly DocumentKind[];
  /** What it is told back, by flows from a ledger: see `Shop`. Absent: nothing. */
  readonly hears?: readonly DocumentKind[];
  open(context: ConnectorContext<z.infer<Schema>>): Opened;
};

/** What people read of a connector's form: of each setting, and of each secret that is typed in. */
export type ConnectorTexts<Schema extends z.ZodObject = z.ZodObject> = {
  /** Absent: its name is a proper name, and the same everywhere. */
  readonly name?: Words;
  readonly settings: Readonly<Record<keyof z.input<Schema> & string, FieldText>>;
  readonly secrets: Readonly<Record<string, Words>>;
};

/** Checks a definition where it is written, and keeps its settings' type. */
export function defineConnector<Schema extends z.ZodObject>(
  connector: Connector<Schema>,
): Connector<Schema> {
  return connector;
}

/** A connector whose settings' type is not known here: they are read by its own schema. */
export type AnyConnector = Connector;

/** What a person types in. The rest of what a consent gives comes with it. */
export function typedSecrets(of: AnyConnector): readonly string[] {
  return of.consent === undefined ? (of.typedSecrets ?? of.secrets) : ['clientSecret'];
}

/** What people call the system. */
export function systemName({ name, texts }: AnyConnector, language: Language): string {
  return wordsIn(texts.name, language) || name;
}
