import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';

/** A closed form: no separator, dot or drive letter can be in it, so a name can't lead out of the folder. */
const RECORD_NAME = /^(?:device|identity|proxy-logins|(?:journal-|identity-)?prod_[A-Za-z0-9]{22})$/;

/** The record's name, or `requestInvalid`. */
export function recordName(name: string): Result<string> {
  return RECORD_NAME.test(name) ? ok(name) : err(failure('requestInvalid', { field: 'name' }));
}

/** The record of the device, which all products share. */
export const DEVICE = 'device';

/** The record of logins at proxies, which all products share. */
export const PROXY_LOGINS = 'proxy-logins';

/** The key file, beside the records. */
export const KEYS = 'keys';

/** The good copy of a file. */
export function copyOf(name: string): string {
  return `${name}.copy`;
}
