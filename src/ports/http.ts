/**
 * The only way out of the process. A connector gets one that reaches its declared hosts only,
 * follows no redirect, and limits time and size.
 */
export type Http = {
  /**
   * @throws ConnectorError `unreachable` when no connection was made, so nothing was sent;
   *   `unanswered` when the request left and no whole answer came back
   */
  send(request: HttpRequest): Promise<HttpResponse>;
};

/** A request. A connector encodes its own JSON, XML, form or multipart body. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Gives up after this long; the connection's default when absent. */
  readonly timeoutMs?: number;
};

/** An answer. Header names are lower case. */
export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};
