import type { FormField } from '../api.ts';
import { labelOf } from './form-field.ts';

/** What a switch says. */
type YesNo = { readonly yes: string; readonly no: string };

/** What somebody has chosen, in a line, in the words of its form; without one as it stands. */
export function saidText(field: FormField | undefined, value: unknown, words: YesNo): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) {
    const one = (each: unknown): string => saidText(partOf(field, null), each, words);
    return value.map(one).join(', ') || '–';
  }
  if (typeof value === 'string') return labelOf(field?.options ?? [], value);
  if (typeof value !== 'object') return JSON.stringify(value);
  const pairs = Object.entries(value).map(([name, each]) => {
    const part = partOf(field, name);
    const isOfGroup = field?.kind === 'group' && part !== undefined;
    const label = isOfGroup ? part.label : labelOf(field?.pair?.names ?? [], name);
    const text = saidText(part, each, words);
    return typeof each === 'object' && each !== null ? `${label} (${text})` : `${label}: ${text}`;
  });
  return pairs.join(' · ');
}

/** The field of what stands within: by its name in a form, else one of several alike. */
function partOf(field: FormField | undefined, name: string | null): FormField | undefined {
  if (field === undefined || field.kind === 'list' || field.kind === 'map') return field;
  return field.item ?? field.fields.find((one) => one.name === name);
}
