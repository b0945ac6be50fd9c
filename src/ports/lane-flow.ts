import type { LocalDate } from '../domain/date.ts';
import type { Language } from '../domain/posting/words.ts';
import type { Country } from '../domain/vat/rates.ts';
import type { Json } from '../lib/json.ts';

/** A flow as its lane needs it. */
export type LaneFlow = {
  readonly id: string;
  readonly timeZone: string;
  readonly country: Country;
  readonly language: Language;
  /** As written, see `engine/flow-choices.ts`. */
  readonly choices: Json;
  /** Documents of earlier days are not booked unasked. */
  readonly startDate: LocalDate | null;
  /** Whether anything of it waits for the end of its day. */
  readonly gathers: boolean;
};
