import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../../shared/license/types.ts';
import { hashSecret, newSecret } from '../secrets.ts';

/**
 * Visitors of the portal. Everybody gets a random id in a cookie; signing in ties a new one to an entitlement. A form
 * carries a token that only the server can make of the id, so that another site can't send it (the cookie is
 * SameSite=Strict too; one of both has to fail first). Nothing of it is stored on disk: a restart signs everybody out.
 */

/** `__Host-`: Secure, for this very host, for all paths; no other host can set it. */
export const COOKIE = '__Host-portal';
/** Signed in without doing anything. */
const IDLE_MS = 30 * 60_000;
const MAX_SESSIONS = 10_000;

export interface Visitor {
  readonly id: string;
  readonly csrf: string;
  /** null = not signed in */
  readonly entitlementId: string | null;
}

export interface Sessions {
  /** @param id from the cookie */
  readonly visitor: (id: string | undefined, now: Instant) => Visitor;
  /** Ends the old id, so that nobody who knew it before is signed in with it (session fixation). */
  readonly signIn: (old: Visitor, entitlementId: string, now: Instant) => Visitor;
  readonly signOut: (visitor: Visitor) => Visitor;
  readonly isOwnForm: (visitor: Visitor, csrf: string) => boolean;
}

interface SignedIn {
  readonly entitlementId: string;
  readonly seen: Instant;
}

export function portalSessions(): Sessions {
  const key = randomBytes(32);
  // By hash: a memory dump gives nobody a session.
  const signedIn = new Map<string, SignedIn>();
  const csrfOf = (id: string) => createHmac('sha256', key).update(id).digest('base64url');
  const anonymous = (id: string): Visitor => ({ id, csrf: csrfOf(id), entitlementId: null });
  const remember = (id: string, entitlementId: string, now: Instant) => {
    signedIn.delete(hashSecret(id));
    signedIn.set(hashSecret(id), { entitlementId, seen: now });
    const [oldest] = signedIn.keys();
    if (signedIn.size > MAX_SESSIONS && oldest !== undefined) signedIn.delete(oldest);
  };
  return {
    visitor: (id, now) => {
      if (id === undefined || !/^[\w-]{43}$/.test(id)) return anonymous(newSecret());
      const known = signedIn.get(hashSecret(id));
      if (known === undefined) return anonymous(id);
      // A clock that a test set back ends no session.
      if (now - known.seen >= IDLE_MS) {
        signedIn.delete(hashSecret(id));
        return anonymous(id);
      }
      remember(id, known.entitlementId, now);
      return { ...anonymous(id), entitlementId: known.entitlementId };
    },
    signIn: (old, entitlementId, now) => {
      signedIn.delete(hashSecret(old.id));
      const id = newSecret();
      remember(id, entitlementId, now);
      return { ...anonymous(id), entitlementId };
    },
    signOut: (visitor) => {
      signedIn.delete(hashSecret(visitor.id));
      return anonymous(newSecret());
    },
    isOwnForm: (visitor, csrf) => {
      const given = Buffer.from(csrf);
      const right = Buffer.from(visitor.csrf);
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
