import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mailOf } from '../../testing/mails.ts';
import { isSenderAllowed, readMailParts } from './mail-parts.ts';
import { isWanted } from './settings.ts';

/** `name content` of a file, `name why` of what is not taken. */
async function partsOf(mail: Buffer, pattern = '*'): Promise<readonly string[]> {
  const { parts } = await readMailParts(mail, pattern);
  return parts.map((one) => `${one.name} ${one.kind === 'file' ? String(one.bytes) : one.why}`);
}

describe('readMailParts', () => {
  it('gives attachments as they are, under their names without a path', async () => {
    const parts = [
      { name: 'dag å.csv', type: 'text/csv', content: 'å;1\n' },
      { name: '../../etc/passwd', content: 'x' },
      { content: 'y' },
    ];
    const mail = mailOf({ messageId: '<1@example.com>', from: 'Anna@Example.com', parts });
    assert.deepEqual(await partsOf(mail), ['dag å.csv å;1\n', 'passwd x', 'attachment y']);
    const { head } = await readMailParts(mail, '*');
    assert.deepEqual(head, {
      messageId: '<1@example.com>',
      sender: 'anna@example.com',
      subject: 'Dagsrapport',
    });
  });

  it('says why it leaves what is no document', async () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    const parts = [
      { name: 'winmail.dat', content: 'x' },
      { name: 'a.tnef', type: 'application/ms-tnef', content: 'x' },
      { name: 'logo.png', type: 'image/png', content: png, disposition: 'inline' },
      { name: 'foto.png', type: 'image/png', content: png },
      { name: 'smime.p7s', type: 'application/pkcs7-signature', content: 'x' },
      { name: 'signature.asc', type: 'application/pgp-signature', content: 'x' },
      { name: 'smime.p7m', type: 'application/pkcs7-mime', content: 'x' },
      { name: 'faktura.PDF', content: '%PDF' },
      { name: 'tom.csv', content: '' },
      { name: 'annan.txt', content: 'x' },
    ];
    assert.deepEqual(await partsOf(mailOf({ parts }), '*.csv, *.dat'), [
      'winmail.dat winmail',
      'a.tnef winmail',
      'logo.png inline-image',
      'foto.png no-document',
      'smime.p7s signature',
      'signature.asc signature',
      'smime.p7m encrypted',
      'faktura.PDF no-document',
      'tom.csv empty',
      'annan.txt name-not-wanted',
    ]);
  });

  it('looks into mails that are forwarded in mails, and not without end', async () => {
    let mail = mailOf({ parts: [{ name: 'djup.csv', content: 'a' }] });
    const around = (inner: Buffer): Buffer =>
      mailOf({ parts: [{ name: 'brev.eml', type: 'message/rfc822', content: inner }] });
    mail = around(around(mail));
    assert.deepEqual(await partsOf(mail), ['djup.csv a']);
    mail = around(around(around(mail)));
    assert.deepEqual((await partsOf(mail)).at(-1)?.endsWith('nested-too-deep'), true);
  });

  it('takes any bytes for a mail without failing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await readMailParts(Buffer.from(bytes), '*');
      }),
      { numRuns: 100 },
    );
  });
});

describe('isSenderAllowed', () => {
  it('takes addresses and whole domains, however they are written', () => {
    assert.ok(isSenderAllowed(null, []));
    assert.ok(!isSenderAllowed(null, ['@example.com']));
    assert.ok(isSenderAllowed('anna@example.com', ['Anna@Example.com']));
    assert.ok(isSenderAllowed('anna@example.com', ['@example.com']));
    assert.ok(!isSenderAllowed('anna@not-example.com', ['@example.com']));
    assert.ok(!isSenderAllowed('joanna@example.com', ['anna@example.com']));
  });
});

describe('isWanted', () => {
  it('compares names with stars and question marks, and nothing else of them is special', () => {
    assert.ok(isWanted('Dag.CSV', '*.xml, *.csv'));
    assert.ok(!isWanted('dag.csv.tmp', '*.csv'));
    assert.ok(isWanted('WFM_1.txt', '*WFM_?.txt'));
    assert.ok(!isWanted('daggcsv', 'dag.csv'));
    assert.ok(isWanted('a(1)[2].csv', 'a(1)[2].csv'));
  });
});
