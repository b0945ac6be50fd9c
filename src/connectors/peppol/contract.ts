import type { FileTrial, FixtureTrial, Sample } from '../../testing/file-source-contract/trial.ts';
import { fixture } from './read-for-test.ts';
import { zipParts, type Packed } from './zip/zip-for-test.ts';

const SELLER = 'peppol/5599990016/5599990032';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    invoice('chain-goods-invoice-7004512881.xml', '7004512881'),
    invoice('chain-goods-creditnote-7004513002.xml', '7004513002:credit'),
    invoice('chain-service-invoice-9100077.xml', '9100077'),
    invoice('enveloped-service-invoice-9100078.xml', '9100078'),
    {
      file: 'two-invoices.zip',
      documents: [
        { kind: 'supplier-invoice', ref: `${SELLER}:7004513002:credit` },
        { kind: 'supplier-invoice', ref: `${SELLER}:9100078` },
      ],
    },
  ],
  besides: [],
  samples: [zipSample('packed', 8), zipSample('stored', 0)],
};

function invoice(file: string, number: string): FixtureTrial {
  return { file, documents: [{ kind: 'supplier-invoice', ref: `${SELLER}:${number}` }] };
}

/** Three invoices with numbers so different that no damage turns one into another. */
function zipSample(how: string, method: number): Sample {
  const text = fixture('chain-service-invoice-9100077.xml');
  const entries = ['11111', '444444', '7777777'].map((number): Packed => {
    return { name: `${number}.xml`, content: text.replaceAll('9100077', number), method };
  });
  return {
    name: `three invoices ${how} in a zip`,
    head: Buffer.alloc(0),
    parts: zipParts(entries),
  };
}
