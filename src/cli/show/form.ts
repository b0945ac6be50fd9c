import type { FormField } from '../../web/form/fields.ts';

const NAME_WIDTH = 26;

/**
 * A form as help: what each field is written as, what is said of it, and what can be chosen. A
 * field within a group is written with the group before it: `stock.keepBack`.
 */
export function formHelp(fields: readonly FormField[], indent: string): string {
  return fields.flatMap((field) => linesOf(field, '', indent)).join('\n');
}

function linesOf(field: FormField, within: string, indent: string): string[] {
  const { label, help, options, fields } = field;
  const name = `${within}${field.name}`;
  const said = help === '' ? label : `${label}. ${help}`;
  return [
    `${indent}${`${name} `.padEnd(NAME_WIDTH)}${said}${valuesOf(options)}`,
    ...fields.flatMap((one) => linesOf(one, `${name}.`, indent)),
  ];
}

function valuesOf(options: FormField['options']): string {
  if (options.length === 0) return '';
  const each = options.map(({ value, label }) => (value === label ? value : `${value} (${label})`));
  return ` [${each.join(' | ')}]`;
}
