/** Where a sentence is read: what to do is an option in a terminal, and a button in the app. */
export type Surface = 'terminal' | 'app';

/** Signs that no outside text has a use for: what a system answered cannot be taken for them. */
const [BEGINS, OR, ENDS] = ['\uE000', '\uE001', '\uE002'];
const EITHER = new RegExp(`${BEGINS}([^${OR}]*)${OR}([^${ENDS}]*)${ENDS}`, 'g');

/** The part of a sentence that each surface says in its own way. */
export function either(terminal: string, app: string): string {
  return `${BEGINS}${terminal}${OR}${app}${ENDS}`;
}

/** A sentence as it is read on a surface. */
export function readOn(surface: Surface, sentence: string): string {
  return sentence.replace(EITHER, surface === 'terminal' ? '$1' : '$2');
}
