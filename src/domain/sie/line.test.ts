import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { SieLine } from './line.ts';
import { FLAW, SieLineLexer } from './line.ts';

const lexer = new SieLineLexer();

function lex(text: string): SieLine {
  return lexer.read(text, 0, text.length);
}

describe('SieLineLexer', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['parts fields at blanks', '#RAR 0 20170101 20171231', ['0', '20170101', '20171231']],
    ['parts fields at tabs', '#RAR\t0\t20170101\t20171231', ['0', '20170101', '20171231']],
    ['skips blanks and CR at the end', '#GEN 20120808 \r', ['20120808']],
    ['skips the Ctrl-Z of DOS', '#GEN 20120808\u001a', ['20120808']],
    ['keeps blanks in quotes', '#FNAMN " nr. 64 "', [' nr. 64 ']],
    ['keeps empty fields', '#VER "" "" 20080101 "Porto"', ['', '', '20080101', 'Porto']],
    ['reads an escaped quote', '#PROSA "Div \\"om- och till\\""', ['Div "om- och till"']],
    ['takes a lone backslash literally', '#FNR "C:\\Documents\\x"', ['C:\\Documents\\x']],
    ['takes an unquoted backslash literally', '#PROSA 1820\\A012', ['1820\\A012']],
    ['reads a backslash before an escaped quote', '#PROSA "a\\\\"b"', ['a\\"b']],
    ['reads braces in quotes', '#PROSA "{1 2}"', ['{1 2}']],
    ['parts a bare field from a list', '#TRANS 1930{} 5', ['1930', '', '5']],
    ['reads no fields', '#KSUMMA', []],
  ];
  for (const [title, text, fields] of cases) {
    it(title, () => {
      const line = lex(text);
      assert.deepEqual([line.fields, line.flaws], [fields, 0]);
    });
  }

  it('reads an object list in its place', () => {
    const line = lex('#TRANS 7010 {1 "21" 6 "P1"} 56700.00');
    assert.equal(line.label, '#TRANS');
    assert.deepEqual(line.fields, ['7010', '', '56700.00']);
    assert.deepEqual([line.list, line.listAt], [['1', '21', '6', 'P1'], 1]);
  });

  it('tells which fields began with a quote', () => {
    assert.equal(lex('#VER "A" 1 20200101 "x"').quoted, 0b1001);
  });
});

describe('SieLineLexer with damaged lines', () => {
  const cases: readonly (readonly [string, string, readonly string[], number])[] = [
    [
      'takes a text cut inside a quote as far as it goes',
      '#TRANS 1930 {} 5.00 20100101 "Inbetalning kun',
      ['1930', '', '5.00', '20100101', 'Inbetalning kun'],
      FLAW.unterminatedQuote,
    ],
    [
      'takes a quote with text behind it as text',
      '#FNAMN "F"rskott till Lind" Park"',
      ['F"rskott till Lind', 'Park"'],
      FLAW.strayQuote,
    ],
    ['takes a bare quote as text', '#KONTO 1480 F"rskott', ['1480', 'F"rskott'], FLAW.strayQuote],
    [
      'reads a path that escapes its own closing quote',
      '#FNR "C:\\SPCS DATA\\"',
      ['C:\\SPCS DATA\\'],
      FLAW.trailingBackslash,
    ],
    ['reads an open list', '#TRANS 1930 {1 "2"', ['1930', ''], FLAW.listUnclosed],
    ['tells of a second list', '#TRANS 1930 {} {} 5', ['1930', '', '', '5'], FLAW.listMisplaced],
    ['tells of a brace behind a row', '#TRANS 1 {} 5 }', ['1', '', '5'], FLAW.closingBrace],
    ['tells of control characters', '#PROSA "a\u0007b"', ['a\u0007b'], FLAW.controlCharacter],
    ['tells of a tab in quotes', '#PROSA "a\tb"', ['a\tb'], FLAW.controlCharacter],
  ];
  for (const [title, text, fields, flaws] of cases) {
    it(title, () => {
      const line = lex(text);
      assert.deepEqual([line.fields, line.flaws], [fields, flaws]);
    });
  }

  it('comes to an end whatever the line', () => {
    const unit = fc.constantFrom(...'#"\\{} \ta1å\u0000');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        const line = lex(`#${text}`);
        assert.ok(line.fields.length <= text.length);
      }),
    );
  });
});
