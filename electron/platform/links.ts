import { shell } from 'electron';
import { failure } from '../../shared/errors.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { resolveLink, type LinkName } from '../ipc/link-policy.ts';
import type { Log } from '../ports.ts';

/**
 * Opens one of the profile's named links with the system's own program; the only way out of the application.
 * Errors: `requestInvalid` if the profile has no such link, `internal` if the system has no program for it.
 */
export async function openLink(
  link: LinkName,
  profile: VendorProfile,
  log: Log,
): Promise<Result<Record<string, never>>> {
  const address = resolveLink(link, profile);
  if (address === null) return err(failure('requestInvalid', { field: 'link' }));
  try {
    await shell.openExternal(address, { activate: true });
    return ok({});
  } catch (error) {
    log.warn('The system could not open a link', { link, error });
    return err(failure('internal'));
  }
}
