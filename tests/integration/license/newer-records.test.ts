import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { identitiesName } from '../../../electron/certificate/records.ts';
import { DEVICE, journalName } from '../../../electron/license/records.ts';
import { createLicenseService } from '../../../electron/license/service.ts';
import { createOfflineService } from '../../../electron/offline/service.ts';
import { typedCode } from '../../support/typed-secrets.ts';
import { bytesIn, valueOf } from '../../support/vault.ts';
import { activated, withServer, type Installation } from './engine.ts';

const calls: string[] = [];
const { install, buy } = withServer({
  requireClientCertificate: true,
  logLevel: 'info',
  writeLog: (line) => {
    calls.push(line);
  },
});

const anyRecord = v.looseObject({ schema: v.number() });

/** What a program of tomorrow leaves behind, with a field that nobody knows today. */
async function writeAsLater({ engine }: Installation, record: string): Promise<void> {
  const vault = valueOf(await engine.vault());
  const written = await vault.withLock(async (transaction) => {
    const found = valueOf(await transaction.read(record, anyRecord));
    const later = { ...found?.value, schema: (found?.value.schema ?? 0) + 1000, something: 'of later' };
    return transaction.write(record, later, found?.revision ?? 0);
  });
  valueOf(written);
}

/** Everything that can be done with a license, and what came of it. */
async function doAll(app: Installation, code: string): Promise<Readonly<Record<string, string>>> {
  const { engine, productId } = app;
  const offline = createOfflineService(engine);
  const change = { kind: 'checkout', key: 'render-nodes', amount: 1 } as const;
  const changed = await createLicenseService(engine).changeFeature(productId, change);
  const requested = await offline.makeRequest({ productId, code: typedCode(code) });
  const left = await offline.deactivate(productId);
  return {
    activate: await app.activate(code),
    refresh: await app.refresh(),
    pullState: await app.pullState(),
    deactivate: await app.deactivate(),
    reconcile: await app.reconcile(),
    changeFeature: changed.ok ? 'ok' : changed.error.code,
    request: requested.ok ? 'ok' : requested.error.code,
    leave: left.ok ? 'ok' : left.error.code,
  };
}

describe('an older program beside a newer one', () => {
  it.each([
    ['the license', ({ productId }: Installation) => productId],
    ['the device', () => DEVICE],
    ['the journal', ({ productId }: Installation) => journalName(productId)],
    ['the client certificates', ({ productId }: Installation) => identitiesName(productId)],
    ['the certificate of an administrator', () => 'identity'],
  ])('that has written %s does nothing, calls nobody and loses nothing', async (_, recordOf) => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const record = recordOf(first);
    await writeAsLater(first, record);
    const dir = path.join(first.dataDir, 'vault');
    const before = bytesIn(dir);
    calls.length = 0;
    const app = install({ dataDir: first.dataDir });
    const came = await doAll(app, code);
    expect(Object.entries(came).filter(([, outcome]) => outcome !== 'vaultNewer')).toEqual([]);
    await app.keepTime();
    expect(calls).toEqual([]);
    expect(bytesIn(dir)).toEqual(before);
    if (!record.startsWith('identity')) expect(await app.told()).toContain('vaultNewer');
    expect(await seatsUsed()).toBe(1);
  });

  it('goes on where both know the form', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const app = install({ dataDir: first.dataDir });
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });
});
