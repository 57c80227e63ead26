import * as v from 'valibot';
import type { Keyring } from '../../electron/ports.ts';

export interface FakeKeyring extends Keyring {
  backend: string;
  available: boolean;
  /** Which of its own keys is in force; what was encrypted under an older one asks to be renewed. */
  generation: number;
  /** Wrong: it can't open what another one made. */
  secret: string;
  calls: number;
}

/** A keyring in memory that does what the port says; not a cipher. */
export function fakeKeyring(backend = 'gnome_libsecret'): FakeKeyring {
  const self: FakeKeyring = {
    backend,
    available: true,
    generation: 1,
    secret: 'one',
    calls: 0,
    status: () => Promise.resolve({ available: self.available, backend: self.backend }),
    encrypt: (plain) => {
      const sealed = { secret: self.secret, generation: self.generation, plain };
      return Promise.resolve(new TextEncoder().encode(Buffer.from(JSON.stringify(sealed)).toString('hex')));
    },
    decrypt: (sealed) => {
      self.calls += 1;
      const text = Buffer.from(new TextDecoder().decode(sealed), 'hex').toString();
      const inner = v.parse(
        v.object({ secret: v.string(), generation: v.number(), plain: v.string() }),
        JSON.parse(text),
      );
      if (inner.secret !== self.secret) return Promise.reject(new Error('refused'));
      return Promise.resolve({ plain: inner.plain, renew: inner.generation < self.generation });
    },
  };
  return self;
}
