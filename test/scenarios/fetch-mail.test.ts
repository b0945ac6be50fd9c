import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { originOf } from '../../src/store/fetched.ts';
import { skipWithoutDovecot, startDovecot, type Dovecot } from '../../src/testing/dovecot.ts';
import { mailOf, openMailProgram, type MailProgram } from '../../src/testing/mails.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { command, type Ended } from './command.ts';
import { addStore, commandWith, fetchFrom, forgetPlaces, quick, received } from './fetching.ts';
import { startStage, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const SHOP = 'Butik 2001 AB';

describe('files in a mailbox', { skip: skipWithoutDovecot }, () => {
  let stage: Stage;
  let home: string;
  let dovecot: Dovecot;
  let mails: MailProgram;
  let then: readonly string[];
  let users = 0;
  before(async () => {
    stage = await startStage({ hasWorker: false });
    for (const store of ['2001', '2002']) await addStore(stage, store);
    home = newFolder();
    dovecot = await startDovecot(home);
    writeFileSync(join(home, 'ca.pem'), dovecot.ca);
  });
  after(async () => {
    await dovecot.stop();
    await stage.stop();
    removeFolder(home);
  });
  beforeEach(async () => {
    users += 1;
    const { port, password, ca } = dovecot;
    mails = await openMailProgram({ port, password, ca, user: user() });
    then = await received(stage);
  });
  afterEach(async () => {
    await mails.close();
    await forgetPlaces(stage);
  });

  const user = (): string => `user${users}`;
  const add = (...more: readonly string[]): Promise<Ended> => {
    const place = ['--host', '127.0.0.1', '--port', String(dovecot.port), '--user', user()];
    const secret = { PASSWORD: dovecot.password };
    const trust = ['--ca', join(home, 'ca.pem')];
    return commandWith(stage, secret, 'fetch', 'mail', 'post', ...place, ...trust, ...more);
  };
  /** Looks there, and does not go on when that failed. */
  const look = async (hub = stage.hub): Promise<void> => {
    const end = await fetchFrom(hub, 'post');
    assert.equal(end.kind, 'looked', JSON.stringify(end));
  };
  const toShop = ['--for', 'minbutik', '--company', SHOP];
  const report = (name: string, day: string, store = '2001') => {
    const content = tillFile(smallDay({ day, store }));
    return { name, type: 'text/csv', content };
  };
  const news = async (): Promise<readonly string[]> => (await received(stage)).slice(then.length);

  it('are taken with their origin, the unreadable one too, and the mail is moved aside', async () => {
    const png = Buffer.from('89504e470d0a1a0a0002', 'hex');
    const parts = [
      report('dag.csv', '2026-10-01'),
      { name: 'bild.csv', content: png },
      { name: 'logo.png', type: 'image/png', content: png, disposition: 'inline' },
    ];
    await mails.deliver('INBOX', mailOf({ messageId: '<two@example.com>', parts }));
    const added = await add(...toShop);
    assert.equal(added.code, 0, added.err);
    assert.match(added.out, /post is set up.* 1 mails are there\.\n/);
    const now = await command(stage, 'fetch', 'now');
    assert.equal(now.out, 'post: 2 files taken, of which 1 could not be read.\n');
    assert.deepEqual(await news(), [`${SHOP} dag.csv mail read`, `${SHOP} bild.csv mail rejected`]);
    assert.deepEqual(await mails.subjects('INBOX'), []);
    assert.deepEqual(await mails.subjects('Bokbro'), ['Dagsrapport']);
    const { id } = await stage.hub.database.db
      .selectFrom('received_file')
      .select('id')
      .where('name', '=', 'bild.csv')
      .executeTakeFirstOrThrow();
    const origin = await originOf(stage.hub.database.db, id);
    assert.deepEqual(
      [origin?.pickup, origin?.messageId, origin?.sender, origin?.name],
      ['post', '<two@example.com>', 'butik@example.com', 'bild.csv'],
    );
    assert.equal((await command(stage, 'fetch', 'list')).code, 0);
  });

  it('of one mail that was delivered twice are taken once', async () => {
    await add(...toShop);
    const mail = mailOf({
      messageId: '<same@example.com>',
      parts: [report('x.csv', '2026-10-02')],
    });
    await mails.deliver('INBOX', mail);
    await look();
    await mails.deliver('INBOX', mail);
    await mails.deliver('INBOX', mail);
    await look();
    assert.deepEqual(await news(), [`${SHOP} x.csv mail read`]);
    assert.equal((await mails.subjects('Bokbro')).length, 3);
    assert.deepEqual(await mails.subjects('INBOX'), []);
  });

  it('of two mails that a program gave one Message-ID are both taken', async () => {
    await add(...toShop);
    for (const day of ['2026-10-03', '2026-10-04']) {
      const parts = [report(`${day}.csv`, day)];
      await mails.deliver('INBOX', mailOf({ messageId: '<always@example.com>', parts }));
    }
    await look();
    assert.deepEqual(await news(), [
      `${SHOP} 2026-10-03.csv mail read`,
      `${SHOP} 2026-10-04.csv mail read`,
    ]);
  });

  it('are not taken again when the folder has new numbers (UIDVALIDITY)', async () => {
    await mails.create('Kassan');
    const parts = [report('ny.csv', '2026-10-05')];
    const mail = mailOf({ messageId: '<new@example.com>', parts });
    await mails.deliver('Kassan', mail);
    await add(...toShop, '--folder', 'Kassan', '--after', 'leave');
    await look();
    await look();
    assert.deepEqual(await mails.flags('Kassan'), [''], 'left as it is, not even read');
    await mails.remove('Kassan');
    await mails.create('Kassan');
    await mails.deliver('Kassan', mail);
    await look();
    assert.deepEqual(await news(), [`${SHOP} ny.csv mail read`]);
    const places = await stage.hub.database.db
      .selectFrom('fetched')
      .select('place')
      .where('message_id', '=', '<new@example.com>')
      .execute();
    // UIDVALIDITY:UID; the UID is 1 both times.
    assert.equal(places.length, 2);
    assert.ok(places.every(({ place }) => place.endsWith(':1')));
  });

  it('are left with the mail where nothing is usable or the sender is a stranger', async () => {
    await add(...toShop, '--sender', '@example.com', '--max-mb', '1', '--after', 'flag');
    const pdf = { name: 'faktura.pdf', type: 'application/pdf', content: '%PDF-1.7' };
    const outlook = { name: 'winmail.dat', type: 'application/ms-tnef', content: 'x' };
    await mails.deliver('INBOX', mailOf({ subject: 'Bara PDF', parts: [pdf, outlook] }));
    const parts = [report('f.csv', '2026-10-06')];
    await mails.deliver('INBOX', mailOf({ subject: 'Främling', from: 'x@evil.test', parts }));
    const large = [{ name: 'stor.csv', content: Buffer.alloc(1_100_000, 'x') }];
    await mails.deliver('INBOX', mailOf({ subject: 'Stor', parts: large }));
    await mails.deliver('INBOX', mailOf({ subject: 'Bra', parts }));
    await look();
    assert.deepEqual(await news(), [`${SHOP} f.csv mail read`]);
    assert.deepEqual(await mails.flags('INBOX'), ['', '', '', '\\Seen Bokbro']);
    const { code, out } = await command(stage, 'fetch', 'list');
    assert.equal(code, 1);
    const told = out
      .split('\n')
      .slice(2)
      .map((line) => line.replace(/\d{6,}/, 'N'));
    assert.deepEqual(told, [
      '  ! “Stor” from butik@example.com är N byte, och gränsen är 1048576',
      '  ! “Främling” from x@evil.test kommer från x@evil.test, som inte är en av avsändarna',
      '  ! “Bara PDF” from butik@example.com har ingen fil som kan vara ett underlag',
      '      faktura.pdf är av ett slag som aldrig är ett underlag (PDF, bild, text)',
      '      winmail.dat är i Outlooks eget format: avsändaren bör skicka som HTML eller ren text',
      '',
    ]);
  });

  it('are left when they came before the day, by the clock here and not by the server’s', async () => {
    await add(...toShop, '--since', '2026-10-08');
    // The server says UTC: 22:30 is half past midnight here.
    for (const [name, at] of [
      ['kvällen.csv', '2026-10-07T21:30:00Z'],
      ['natten.csv', '2026-10-07T22:30:00Z'],
      ['senare.csv', '2026-10-12T10:00:00Z'],
    ] as const) {
      const parts = [report(name, at.slice(0, 10))];
      await mails.deliver(
        'INBOX',
        mailOf({ messageId: `<${name}@example.com>`, parts }),
        new Date(at),
      );
    }
    await look();
    assert.deepEqual(await news(), [
      `${SHOP} natten.csv mail read`,
      `${SHOP} senare.csv mail read`,
    ]);
    assert.equal((await mails.subjects('INBOX')).length, 1);
  });

  it('of several stores in one mailbox find their books; what is nobody’s waits', async () => {
    let laterMs = 0;
    const hub = quick(stage, () => laterMs);
    await add('--inbox');
    const days = ['2002', '2003'].map((store) => report(`${store}.csv`, '2026-10-07', store));
    const forwarded = mailOf({ parts: [report('fw.csv', '2026-10-07')] });
    const inner = { name: 'fw.eml', type: 'message/rfc822', content: forwarded };
    await mails.deliver(
      'INBOX',
      mailOf({ messageId: '<many@example.com>', parts: [...days, inner] }),
    );
    await look(hub);
    await look(hub);
    assert.deepEqual(
      new Set(await news()),
      new Set(['Butik 2002 AB 2002.csv mail read', 'Butik 2001 AB fw.csv mail read']),
    );
    assert.equal((await mails.subjects('INBOX')).length, 1);
    const { out } = await command(stage, 'fetch', 'list');
    assert.match(out, /2003\.csv hör till en butik som ingen har anslutit/);
    await addStore(stage, '2003');
    laterMs = 11 * 60_000; // Asked about again each ten minutes.
    await look(hub);
    assert.equal((await news()).length, 3);
    assert.ok((await news()).includes('Butik 2003 AB 2003.csv mail read'));
    assert.deepEqual(await mails.subjects('INBOX'), []);
  });

  it('are asked for with STARTTLS, and with no server that cannot be trusted', async () => {
    const place = ['fetch', 'mail', 'post', '--host', '127.0.0.1', '--user', user(), '--inbox'];
    const secret = { PASSWORD: dovecot.password };
    const port = String(dovecot.port);
    const untrusted = await commandWith(stage, secret, ...place, '--port', port);
    assert.equal(untrusted.code, 2);
    assert.match(untrusted.err, /Certifikatet för 127\.0\.0\.1 går inte att lita på/);
    const trust = ['--ca', join(home, 'ca.pem')];
    const startTls = ['--starttls', '--port', String(dovecot.startTlsPort)];
    assert.equal((await commandWith(stage, secret, ...place, ...trust, ...startTls)).code, 0);
    const test = await command(stage, 'fetch', 'test', 'post');
    assert.equal(test.out, 'post: the login works; 0 mails are there.\n');
    const wrong = await commandWith(stage, { PASSWORD: 'fel' }, ...place);
    assert.match(wrong.err, /släpper inte in user\d+/);
    const folder = await commandWith(stage, secret, ...place, '--folder', 'Saknas');
    assert.match(folder.err, /Det finns ingen mapp Saknas hos 127\.0\.0\.1/);
  });
});
