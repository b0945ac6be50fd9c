import type { FormField, FormOption } from '../api.ts';

/** What a form holds: only what somebody has said, so that defaults stay defaults. */
export type Written = Readonly<Record<string, unknown>>;

/** What a field needs to be drawn and changed. */
export type FieldOf<T = unknown> = {
  readonly field: FormField;
  readonly value: T | undefined;
  readonly change: (value: T | undefined) => void;
};

/** What people call a value that can be chosen. */
export function labelOf(options: readonly FormOption[], value: string): string {
  return options.find((one) => one.value === value)?.label ?? value;
}

/** One row replaced, or taken away where there is none to put in its place. */
export function withRow<T>(rows: readonly T[], index: number, row: T | null): readonly T[] {
  return rows.toSpliced(index, 1, ...(row === null ? [] : [row]));
}
