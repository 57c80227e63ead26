import type { ApplicationView, Snapshot } from '../shared/contract.ts';
import { failure } from '../shared/errors.ts';
import type { LicenseView } from '../shared/license/schemas.ts';
import type { ProfileProduct } from '../shared/profile.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Busy } from './license/view.ts';
import type { Clock } from './ports.ts';

export interface TellingOptions {
  readonly products: readonly ProfileProduct[];
  readonly application: (licenses: readonly LicenseView[]) => ApplicationView;
  /** What is known of a product's license now, and the instant that it holds for. */
  readonly view: (
    product: ProfileProduct,
    busy: Busy,
  ) => Promise<{ readonly view: LicenseView; readonly now: number }>;
  /** What can be said of a license before anything was read. */
  readonly beingRead: (product: ProfileProduct) => LicenseView;
  /** Resolves when a window that is opening has waited long enough for what is read. */
  readonly patience: () => Promise<void>;
  readonly clock: Clock;
  /** Done after every operation, before its outcome is told. */
  readonly afterwards: (productId: string) => Promise<void>;
}

/** Keeps every window up to date: with snapshots, and with what is under way. */
export interface Telling {
  readonly snapshot: () => Promise<Snapshot>;
  /**
   * The same, but at once: where the vault takes its time (a keyring that asks for its password, slow hardware), with what
   * was known last; the listeners are told as soon as there is more.
   */
  readonly glance: () => Promise<Snapshot>;
  readonly onChange: (listener: (snapshot: Snapshot) => void) => () => void;
  /** Tells the windows; with `onlyNews` only where something differs from what was told last. */
  readonly tell: (onlyNews?: boolean) => Promise<void>;
  /** Carries an operation out and shows that it is under way. Errors: `busy`, and those of the work. */
  readonly perform: (
    productId: string,
    operation: NonNullable<Busy>,
    work: () => Promise<Result<null>>,
  ) => Promise<Result<LicenseView>>;
  /** The outcome of what took no call, told to the windows. */
  readonly told: <T>(work: Promise<Result<T>>) => Promise<Result<T>>;
  /** The same for what changes one license. */
  readonly seen: (productId: string, work: Promise<Result<unknown>>) => Promise<Result<LicenseView>>;
  /** Errors: `productUnknown`. */
  readonly viewOf: (productId: string) => Promise<Result<LicenseView>>;
  /** Nobody is told any more. */
  readonly close: () => void;
}

export function tellWindows(options: TellingOptions): Telling {
  const { products, application, view, beingRead, patience, clock, afterwards } = options;
  const busy = new Map<string, NonNullable<Busy>>();
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let sequence = 0;
  let shown = '';

  const snapshot = async (): Promise<Snapshot> => {
    // Numbered before it is taken: of two at once, the later begun has seen more.
    sequence += 1;
    const number = sequence;
    const seen = await Promise.all(
      products.map((product) => view(product, busy.get(product.productId) ?? null)),
    );
    const licenses = seen.map((license) => license.view);
    return {
      sequence: number,
      now: Math.max(clock.now(), ...seen.map(({ now }) => now)),
      application: application(licenses),
      licenses,
    };
  };

  const tell = async (onlyNews = false): Promise<void> => {
    if (listeners.size === 0) return;
    const next = await snapshot();
    const content = JSON.stringify([next.application, next.licenses]);
    if (onlyNews && content === shown) return;
    shown = content;
    for (const listener of listeners) listener(next);
  };

  const glance = async (): Promise<Snapshot> => {
    sequence += 1;
    const number = sequence;
    const complete = snapshot();
    const early = await Promise.race([complete, patience().then(() => null)]);
    if (early !== null) return early;
    void complete.then(() => tell(true));
    const licenses = products.map(beingRead);
    return { sequence: number, now: clock.now(), application: application(licenses), licenses };
  };

  const viewOf = async (productId: string): Promise<Result<LicenseView>> => {
    const product = products.find((candidate) => candidate.productId === productId);
    return product === undefined ? err(failure('productUnknown')) : ok((await view(product, null)).view);
  };

  const told: Telling['told'] = async (work) => {
    const outcome = await work;
    if (outcome.ok) await tell();
    return outcome;
  };

  return {
    snapshot,
    glance,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell,
    perform: async (productId, operation, work) => {
      if (busy.has(productId)) return err(failure('busy'));
      busy.set(productId, operation);
      let outcome: Result<null>;
      try {
        void tell();
        outcome = await work();
        await afterwards(productId);
      } finally {
        busy.delete(productId);
        await tell();
      }
      return outcome.ok ? viewOf(productId) : outcome;
    },
    told,
    seen: async (productId, work) => {
      const outcome = await told(work);
      return outcome.ok ? viewOf(productId) : outcome;
    },
    viewOf,
    close: () => listeners.clear(),
  };
}
