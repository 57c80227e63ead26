import { safeStorage } from 'electron';
import type { Keyring } from '../ports.ts';

/**
 * The operating system's keyring through Electron's asynchronous interface, which can wait for a locked keyring.
 * On Linux the backend may be `basic_text`, a fixed password in Chromium's source: it is reported under that name,
 * so that the vault refuses it. Use it only after the application is ready.
 */
export const systemKeyring: Keyring = {
  status: async () => {
    if (!(await safeStorage.isAsyncEncryptionAvailable()))
      return { available: false, backend: 'unavailable' };
    return { available: true, backend: backendName() };
  },
  encrypt: async (plain) => new Uint8Array(await safeStorage.encryptStringAsync(plain)),
  decrypt: async (sealed) => {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
    return { plain: result, renew: shouldReEncrypt };
  },
};

function backendName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'keychain';
    case 'win32':
      return 'dpapi';
    default:
      return safeStorage.getSelectedStorageBackend();
  }
}
