import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import {
  ask,
  companyIn,
  startTestSimulator,
  voucherBody,
  type Company,
  type Reply,
} from '../test-client.ts';
import { rowsOf, textOf } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  company = companyIn(simulator);
});
after(() => simulator.stop());

const CONTENT = 'Kvitto å\r\n--not-the-end\r\n';

function upload(path: string): Promise<Reply> {
  const boundary = 'gräns'.replace('ä', 'a');
  const body =
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="kvitto.pdf"\r\n` +
    `Content-Type: application/pdf\r\n\r\n${CONTENT}\r\n--${boundary}--\r\n`;
  return ask(`${simulator.apiUrl}/3/${path}`, {
    method: 'POST',
    token: company.token,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body,
  });
}

describe('the inbox', () => {
  test('takes a file and gives its bytes back', async () => {
    const made = await upload('inbox?path=inbox_v');
    assert.equal(made.status, 201);
    const stored = made.one('File');
    assert.equal(stored['Name'], 'kvitto.pdf');
    assert.equal(stored['Size'], Buffer.byteLength(CONTENT));
    const read = await company.get(`inbox/${textOf(stored, 'Id')}`);
    assert.equal(read.text, CONTENT);
    assert.equal(read.headers['content-type'], 'application/pdf');
  });

  test('lists a folder, by path or by id', async () => {
    await upload('inbox?path=inbox_v');
    await upload('inbox?folderId=inbox_d');
    const vouchers = (await company.get('inbox/inbox_v')).one('Folder');
    const takings = (await company.get('inbox?path=inbox_d')).one('Folder');
    assert.equal(rowsOf(vouchers, 'Files').length, 1);
    assert.equal(rowsOf(takings, 'Files').length, 1);
    assert.equal(rowsOf((await company.get('inbox')).one('Folder'), 'Files').length, 0);
  });

  test('refuses a folder that does not exist and a body without file', async () => {
    assert.equal((await upload('inbox?path=inbox_x')).status, 404);
    assert.equal((await company.post('inbox?path=inbox_v', {})).status, 400);
  });

  test('deletes files', async () => {
    const id = textOf((await upload('inbox?path=inbox_v')).one('File'), 'Id');
    assert.equal((await company.delete(`inbox/${id}`)).status, 204);
    assert.equal((await company.get(`inbox/${id}`)).status, 404);
  });
});

describe('voucher file connections', () => {
  test('tie a file to a voucher, once', async () => {
    await company.post('vouchers', voucherBody({ Description: 'Z 17' }));
    const id = textOf((await upload('inbox?path=inbox_v')).one('File'), 'Id');
    const body = { VoucherFileConnection: { FileId: id, VoucherNumber: '1', VoucherSeries: 'A' } };
    const made = await company.post('voucherfileconnections?financialyear=2', body);
    assert.equal(made.status, 201);
    const connection = made.one('VoucherFileConnection');
    assert.deepEqual([connection['VoucherDescription'], connection['VoucherYear']], ['Z 17', 2]);
    const again = await company.post('voucherfileconnections?financialyear=2', body);
    assert.equal(again.status, 400);
  });

  test('are found by number, series and year, exactly', async () => {
    for (let count = 0; count < 11; count += 1) {
      await company.post('vouchers', voucherBody());
      const id = textOf((await upload('inbox?path=inbox_v')).one('File'), 'Id');
      await company.post('voucherfileconnections?financialyear=2', {
        VoucherFileConnection: { FileId: id, VoucherNumber: count + 1, VoucherSeries: 'A' },
      });
    }
    const path = 'voucherfileconnections?vouchernumber=1&voucherseries=A&voucheryear=2';
    assert.equal((await company.get(path)).all('VoucherFileConnections').length, 1);
    const other = await company.get('voucherfileconnections?voucheryear=1');
    assert.equal(other.all('VoucherFileConnections').length, 0);
  });

  test('move the file to the archive, where it stays readable by both ids', async () => {
    await company.post('vouchers', voucherBody());
    const stored = (await upload('inbox?path=inbox_v')).one('File');
    const FileId = textOf(stored, 'Id');
    await company.post('voucherfileconnections', {
      VoucherFileConnection: { FileId, VoucherNumber: '1', VoucherSeries: 'A' },
    });
    const inbox = (await company.get('inbox/inbox_v')).one('Folder');
    assert.deepEqual(inbox['Files'], []);
    const archived = await company.get(`archive/${textOf(stored, 'ArchiveFileId')}`);
    assert.equal(archived.text, CONTENT);
    assert.equal((await company.delete(`inbox/${FileId}`)).status, 400);
    assert.equal((await company.delete(`voucherfileconnections/${FileId}`)).status, 204);
  });

  test('need a voucher and a file that are there', async () => {
    const id = textOf((await upload('inbox?path=inbox_v')).one('File'), 'Id');
    const connect = (FileId: string): Promise<Reply> =>
      company.post('voucherfileconnections', {
        VoucherFileConnection: { FileId, VoucherNumber: '1', VoucherSeries: 'A' },
      });
    assert.equal((await connect(id)).status, 404);
    assert.equal((await connect('nothing')).status, 404);
  });
});

describe('the archive', () => {
  test('keeps files by path', async () => {
    const made = await upload('archive?path=2025');
    const id = textOf(made.one('File'), 'Id');
    const folder = (await company.get('archive?path=2025')).one('Folder');
    assert.equal(rowsOf(folder, 'Files').length, 1);
    assert.equal((await company.get(`archive?fileid=${id}`)).text, CONTENT);
    assert.equal((await company.delete('archive?path=2025')).status, 204);
    assert.equal((await company.get(`archive/${id}`)).status, 404);
  });
});
