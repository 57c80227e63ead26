import { beforeEach, describe, expect, it, vi } from 'vitest';
import { systemKeyring } from '../../../electron/platform/keyring.ts';

/** Electron's safeStorage as its documentation says; only the asynchronous interface is there. */
const safeStorage = vi.hoisted(() => ({
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: (): string => 'gnome_libsecret',
  encryptStringAsync: (plain: string) => Promise.resolve(Buffer.from(`sealed:${plain}`)),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: sealed.toString().slice('sealed:'.length), shouldReEncrypt: true }),
}));

vi.mock('electron', () => ({ safeStorage }));

const onPlatform = (platform: NodeJS.Platform) =>
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);

beforeEach(() => {
  onPlatform('linux');
});

describe('systemKeyring', () => {
  it.each([
    ['linux', 'gnome_libsecret'],
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
  ] as const)('names the backend on %s', async (platform, backend) => {
    onPlatform(platform);
    expect(await systemKeyring.status()).toEqual({ available: true, backend });
  });

  it('reports basic_text by its name, so that it can be refused', async () => {
    vi.spyOn(safeStorage, 'getSelectedStorageBackend').mockReturnValue('basic_text');
    expect(await systemKeyring.status()).toEqual({ available: true, backend: 'basic_text' });
  });

  it('says that it can not be used, without asking which it is', async () => {
    vi.spyOn(safeStorage, 'isAsyncEncryptionAvailable').mockResolvedValue(false);
    const asked = vi.spyOn(safeStorage, 'getSelectedStorageBackend');
    expect(await systemKeyring.status()).toEqual({ available: false, backend: 'unavailable' });
    expect(asked).not.toHaveBeenCalled();
  });

  it('opens what it sealed, and says when the keyring wants it sealed anew', async () => {
    const sealed = await systemKeyring.encrypt('key');
    expect(sealed).toBeInstanceOf(Uint8Array);
    expect(await systemKeyring.decrypt(sealed)).toEqual({ plain: 'key', renew: true });
  });

  it('throws what the keyring throws', async () => {
    vi.spyOn(safeStorage, 'decryptStringAsync').mockRejectedValue(new Error('locked'));
    await expect(systemKeyring.decrypt(new Uint8Array(3))).rejects.toThrow('locked');
  });
});
