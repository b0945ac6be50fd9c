import type { Generated } from 'kysely';

export type FirmRow = {
  only_one: Generated<boolean>;
  name: Generated<string>;
  language: Generated<'sv' | 'nb' | 'en'>;
  sign_in_hours: number | null;
  needs_factor: Generated<boolean>;
  four_eyes_minor: string | null;
};

export type SignInTryRow = { id: string; key: string; count: number; last_request: string };
