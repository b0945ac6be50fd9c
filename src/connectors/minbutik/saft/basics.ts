import { SAFT_BASICS_MAX } from '../limits.ts';
import { ownText } from '../text/kept-texts.ts';
import { textOf } from '../xml/nodes.ts';
import type { XmlNode } from '../xml/records.ts';
import type { Written } from '../xml/escape.ts';

/** A code of the till, explained by the file. */
type Basic = { readonly standard: string; readonly label: string };

const PAYMENT = '12';
const EVENT = '13';
const Z_REPORT = '13009';

/** What the codes of a file mean: its list of `basic` elements. */
export class Basics {
  readonly #known = new Map<string, Basic>();

  add(node: XmlNode): void {
    if (this.#known.size >= SAFT_BASICS_MAX) return;
    const key = `${textOf(node, 'basicType')} ${textOf(node, 'basicID')}`;
    const standard = ownText(textOf(node, 'predefinedBasicID'));
    this.#known.set(ownText(key), { standard, label: ownText(textOf(node, 'basicDesc')) });
  }

  /** A means of payment. Some tills write the standard code itself. */
  payment(code: string): Basic {
    return this.#known.get(`${PAYMENT} ${code}`) ?? { standard: code, label: code };
  }

  isZReport(eventType: string): boolean {
    const known = this.#known.get(`${EVENT} ${eventType}`)?.standard ?? eventType;
    return known === Z_REPORT || (known === eventType && eventType === 'ZREP');
  }

  /** A means of payment as the file explains it, to be written again. */
  written(code: string): Written {
    const { standard, label } = this.payment(code);
    return [
      'basic',
      [
        ['basicType', PAYMENT],
        ['basicID', code],
        ['predefinedBasicID', standard],
        ['basicDesc', label],
      ],
    ];
  }
}
