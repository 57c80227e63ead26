import { err, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import type { Vault, VaultOptions } from './types.ts';

/**
 * Opens the vault. Touches no file but to read; a folder that doesn't exist yet is an empty vault.
 * @returns Errors: `vaultUnsafe` where the folder is not ours alone. A key that can't be opened is not an error
 * here: reads say `vaultKeyUnavailable` and `condition()` says why
 */
export function openVault(options: VaultOptions): Promise<Result<Vault>> {
  options.log.error('The vault is not built yet');
  return Promise.resolve(err(failure('internal')));
}
