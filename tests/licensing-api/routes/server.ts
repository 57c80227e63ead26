import type { Handler } from '../context.ts';
import { publicServerKeys } from '../keys.ts';
import { pinOf } from '../tls/certificates.ts';

/** Ready means that the database answers. */
export const getReadiness: Handler = (context) => {
  context.store.entitlements.count();
  return { status: 200, body: { status: 'ready' } };
};

export const getServerKeys: Handler = async (context) => {
  const keys = publicServerKeys(context.keys);
  const { serverKey, backupKey } = context.keys.tls;
  const pins = [serverKey, backupKey].map((key) => ({ sha256: pinOf(key) }));
  return { status: 200, body: { keys, signed: await context.tokens.signKeys(keys, pins, context.now()) } };
};
