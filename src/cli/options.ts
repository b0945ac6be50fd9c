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

/** To the minute, in UTC: a list is read on machines of other zones, too. */
export function minuteOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** Numbers of a list that a person was shown by `command`. */
export function readIds(ids: readonly string[], command: string): readonly string[] {
  const strange = ids.find((id) => !/^\d{1,18}$/.test(id));
  if (strange === undefined) return ids;
  throw new CommandError(`${strange} is not a number from the list: ${command}`);
}

/** Items given one by one or with commas between them: `mon,thu` or `mon thu`. */
export function readList(texts: readonly string[] = []): readonly string[] {
  return texts.flatMap((text) => text.split(',')).map((text) => text.trim().toLowerCase());
}

const EVERY_LEAST = 5;
const EVERY_MOST = 86_400;

/** How often a place is looked into, in seconds. @returns null when it is not said */
export function readEvery(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= EVERY_LEAST && seconds <= EVERY_MOST) return seconds;
  throw new CommandError(`--every ${text}: give seconds, from ${EVERY_LEAST} to ${EVERY_MOST}.`);
}
