import type { Json } from '../../../../lib/json.ts';

/** What goes back to the client. */
export type Answer = {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** `{"code":404,"error":"…"}`, as documented. The wordings but for 404 are the simulator's own. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function found(body: Json): Answer {
  return json(200, body);
}

export function refused({ status, message }: ApiRefusal): Answer {
  return json(status, { code: status, error: message });
}

export function notFound(): ApiRefusal {
  return new ApiRefusal(404, 'Resource not found');
}

export function tooManyRequests(waitS: number): Answer {
  return {
    ...refused(new ApiRefusal(429, 'Too many requests')),
    headers: { 'Retry-After': String(waitS) },
  };
}

export function json(status: number, body: Json): Answer {
  return { status, mediaType: 'application/json', body: JSON.stringify(body) };
}
