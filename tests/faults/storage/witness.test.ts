import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { licenseRecordSchema } from '../../../electron/license/records.ts';
import type { Vault } from '../../../electron/vault/types.ts';
import { activated, device, withServer } from '../../integration/license/engine.ts';
import { open } from '../../support/vault.ts';
import { everyByte } from './damage.ts';
import { filesIn } from './installed.ts';

const { install, buy } = withServer();

/** Where the vault has a witness outside its folder: damaged, it accuses nobody and proves nothing. */
describe('every byte of the witness', () => {
  it('is missed, and the license stays as it is', async () => {
    const { code } = await buy();
    const app = await activated(install(), code);
    const found = filesIn(app.dataDir).filter((name) => name.startsWith(`witness${path.sep}`));
    expect(found).toHaveLength(1);
    const [file = ''] = found;
    const at = path.join(app.dataDir, file);
    const good = readFileSync(at);
    const dir = path.join(app.dataDir, 'vault');
    const look = async (vault: Vault): Promise<string> => {
      const record = await vault.read(app.productId, licenseRecordSchema);
      const { vault: health, witness } = vault.condition();
      return `${record.ok ? 'read' : record.error.code} ${health} ${witness}`;
    };
    const { machineKeys } = device();
    const vault = await open(dir, { machineKeys });
    expect(await look(vault)).toBe('read good good');
    for (const { name, bytes } of everyByte(good)) {
      writeFileSync(at, bytes, { mode: 0o600 });
      expect(await look(vault), name).toBe('read good damaged');
    }
    expect(good.length).toBeGreaterThan(100);
    writeFileSync(at, good, { mode: 0o600 });
    expect(await look(vault)).toBe('read good good');
  });
});
