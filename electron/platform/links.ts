import { shell } from 'electron';
import { failure } from '../../shared/errors.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isSignInPage, resolveLink, type LinkName } from '../ipc/link-policy.ts';
import type { Log } from '../ports.ts';

/**
 * Opens one of the profile's named links with the system's own program; with the next, the only way out of the application.
 * Errors: `requestInvalid` if the profile has no such link, `internal` if the system has no program for it.
 */
export async function openLink(
  link: LinkName,
  profile: VendorProfile,
  log: Log,
): Promise<Result<Record<string, never>>> {
  const address = resolveLink(link, profile);
  return address === null ? err(failure('requestInvalid', { field: 'link' })) : open(address, link, log);
}

/**
 * Opens the page of a sign-in in the user's own browser, which shows whom the password goes to.
 * Errors: `requestInvalid` if it is no such page, `internal` if the system has no browser.
 */
export async function openSignInPage(
  address: string,
  profile: VendorProfile,
  log: Log,
): Promise<Result<Record<string, never>>> {
  if (!isSignInPage(address, profile)) return err(failure('requestInvalid', { field: 'address' }));
  return open(address, 'signIn', log);
}

async function open(address: string, link: string, log: Log): Promise<Result<Record<string, never>>> {
  try {
    await shell.openExternal(address, { activate: true });
    return ok({});
  } catch (error) {
    log.warn('The system could not open a link', { link, error });
    return err(failure('internal'));
  }
}
