import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FLOW_CHOICES } from '../engine/flow-choices.ts';
import type { FieldText, FieldTexts, OptionTexts } from '../ports/field-texts.ts';
import { typedSecrets } from '../ports/connector.ts';
import { FLOW_CHOICE_TEXTS } from '../text/flow-choices/flow-choices.ts';
import { formOf, type FormField, type FormOption } from '../web/form/fields.ts';
import { CONNECTORS } from './connectors.ts';

/** What a form asks for and its texts do not say, and what they say without being asked. */
function faultsOf(fields: readonly FormField[], texts: FieldTexts, at: string): string[] {
  const names = new Set(fields.map(({ name }) => name));
  return [
    ...fields.flatMap((field) => fieldFaults(field, texts[field.name], `${at}.${field.name}`)),
    ...Object.keys(texts).flatMap((name) => (names.has(name) ? [] : [`${at}.${name}: no field`])),
  ];
}

function fieldFaults(field: FormField, text: FieldText | undefined, at: string): string[] {
  if (text === undefined) return [`${at}: no text`];
  const says = (is: boolean, what: string): string[] => (is ? [] : [`${at}: ${what}`]);
  const isPair = field.pair !== null;
  return [
    ...(['sv', 'nb'] as const).flatMap((language) => {
      const [label, help] = text[language];
      return [
        ...says(label !== '', `no label in ${language}`),
        ...says(
          (help === '') === (field.help === ''),
          `help in ${language} or in the schema alone`,
        ),
        ...says(help === '' || help !== field.help, `English help in ${language}`),
      ];
    }),
    ...says(text.en !== '', 'no label in en'),
    ...optionFaults(field.options, text.options, `${at} options`),
    ...optionFaults(field.pair?.names ?? [], text.names, `${at} names`),
    ...says(isPair === (text.name !== undefined), 'a pair and its name go together'),
    ...says((field.kind === 'map') === (text.value !== undefined), 'a map and its value do'),
    ...says((field.item !== null) === (text.item !== undefined), 'several alike and their item do'),
    ...(field.item === null ? [] : fieldFaults(field.item, text.item, `${at}[]`)),
    ...faultsOf(field.fields, text.fields ?? {}, at),
  ];
}

function optionFaults(
  options: readonly FormOption[],
  texts: OptionTexts | undefined,
  at: string,
): string[] {
  if (texts === 'codes') return options.length > 0 ? [] : [`${at}: none to be codes`];
  const values = new Set(options.map(({ value }) => value));
  const named = Object.keys(texts ?? {});
  return [
    ...[...values.difference(new Set(named))].map((value) => `${at}: no text for ${value}`),
    ...named.flatMap((value) => (values.has(value) ? [] : [`${at}: there is no ${value}`])),
  ];
}

describe('the texts of forms', () => {
  for (const { id, settings, texts } of CONNECTORS.values()) {
    test(`every setting of ${id} has its texts in sv, nb and en, and no text is left over`, () => {
      assert.deepEqual(faultsOf(formOf(settings, {}, 'en'), texts.settings, id), []);
    });
  }

  test('every secret that is typed in has a name, and no name is left over', () => {
    const asked = [...CONNECTORS.values()].map((of) => [of.id, typedSecrets(of).toSorted()]);
    const named = [...CONNECTORS.values()].map(({ id, texts }) => {
      return [id, Object.keys(texts.secrets).toSorted()];
    });
    assert.deepEqual(named, asked);
  });

  test('every choice of a flow has its texts in sv, nb and en, and no text is left over', () => {
    assert.deepEqual(faultsOf(formOf(FLOW_CHOICES, {}, 'en'), FLOW_CHOICE_TEXTS, 'flow'), []);
  });

  test('a setting or an option without a text is found, and a text of no setting', () => {
    const texts = { ...CONNECTORS.get('winner')?.texts.settings };
    const { settings } = CONNECTORS.get('winner') ?? assert.fail('winner is there');
    const without = { currency: { ...texts['currency'], options: {} }, old: texts['dealer'] };
    assert.deepEqual(faultsOf(formOf(settings, {}, 'en'), without as FieldTexts, 'winner'), [
      'winner.dealer: no text',
      ...['NOK', 'SEK', 'DKK', 'EUR'].map((one) => `winner.currency options: no text for ${one}`),
      'winner.old: no field',
    ]);
  });
});
