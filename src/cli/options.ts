import { parseLocalDate, type LocalDate } from '../domain/date.ts';
import { CommandError } from './context.ts';

/** A day given on the command line. */
export function readDay(text: string, option: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new CommandError(`${option} ${text}: give a day as YYYY-MM-DD.`);
  return date;
}

/** `name=value` pairs given on the command line. */
export function readPairs(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new CommandError(`${pair}: give it as name=value.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** What a setting is given as: a list or an object as JSON, anything else as it stands. */
export function readSetting(name: string, text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    const says = error instanceof Error ? error.message : '';
    throw new CommandError(`${name}: a list or an object is given as JSON. ${says}`);
  }
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
