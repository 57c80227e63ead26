import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../../shared/license/types.ts';
import { hashSecret, newSecret } from '../secrets.ts';

/**
 * Visitors of the portal. Everybody gets a random id in a cookie; signing in ties a new one to an entitlement. A form
 * carries a token that only the server can make of the id, so that another site can't send it (the cookie is
 * SameSite=Strict too; one of both has to fail first). Nothing of it is stored on disk: a restart signs everybody out.
 */

/** What somebody has shown, and so may see. */
export type SignedInAs =
  | { readonly kind: 'code'; readonly entitlementId: string }
  | { readonly kind: 'account'; readonly accountId: string };
/** Signed in without doing anything. */
const IDLE_MS = 30 * 60_000;
const MAX_SESSIONS = 10_000;

export interface Visitor {
  readonly id: string;
  readonly csrf: string;
  /** null = not signed in */
  readonly as: SignedInAs | null;
}

export interface Sessions {
  /** @param id from the cookie */
  readonly visitor: (id: string | undefined, now: Instant) => Visitor;
  /** Ends the old id, so that nobody who knew it before is signed in with it (session fixation). */
  readonly signIn: (old: Visitor, as: SignedInAs, now: Instant) => Visitor;
  readonly signOut: (visitor: Visitor) => Visitor;
  readonly isOwnForm: (visitor: Visitor, csrf: string) => boolean;
}

interface Session {
  readonly as: SignedInAs;
  readonly seen: Instant;
}

export function portalSessions(): Sessions {
  const key = randomBytes(32);
  // By hash: a memory dump gives nobody a session.
  const signedIn = new Map<string, Session>();
  const csrfOf = (id: string) => createHmac('sha256', key).update(id).digest('base64url');
  const anonymous = (id: string): Visitor => ({ id, csrf: csrfOf(id), as: null });
  const remember = (id: string, as: SignedInAs, now: Instant) => {
    signedIn.delete(hashSecret(id));
    signedIn.set(hashSecret(id), { as, seen: now });
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
      remember(id, known.as, now);
      return { ...anonymous(id), as: known.as };
    },
    signIn: (old, as, now) => {
      signedIn.delete(hashSecret(old.id));
      const id = newSecret();
      remember(id, as, now);
      return { ...anonymous(id), as };
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
