import { createLicenseService } from '../../../electron/license/service.ts';
import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { Result } from '../../../shared/result.ts';
import { THEMES } from '../../../shared/settings.ts';
import { aboutOf, drawChange, FEATURE_VERBS } from './feature-verbs.ts';
import type { Installation } from './installation.ts';
import type { Person } from './market.ts';
import type { Pocket } from './pocket.ts';
import type { Portal } from './portal.ts';
import type { Choices } from './prng.ts';
import { typedCode, typedLogin } from '../../support/typed-secrets.ts';

/** Everything that a user of the window, of the command line and of the portal can do, one verb each. */
export const VERBS = [
  'reconcile',
  'activate',
  'signIn',
  'refresh',
  'pullState',
  'deactivate',
  ...FEATURE_VERBS,
  'keepTime',
  'check',
  'request',
  'discard',
  'answer',
  'import',
  'portalRefresh',
  'leave',
  'deliver',
  'clear',
  'settings',
  'restart',
] as const;

export type Verb = (typeof VERBS)[number];

/** Where a verb is carried out. */
export interface Scene {
  readonly installation: Installation;
  readonly view: LicenseView;
  readonly pocket: Pocket;
  readonly portal: Portal;
  readonly codes: readonly string[];
  readonly person: Person;
  readonly choices: Choices;
  /** A change of a feature that is tried again; null = one that chance brings. */
  readonly again: FeatureChange | null;
}

/** A verb about to be carried out. */
export interface Deed {
  /** What it is about, such as the id of a receipt. */
  readonly about: string | null;
  /** @returns `ok`, or why it was refused */
  readonly carryOut: () => Promise<string>;
}

const NOTHING: Deed = { about: null, carryOut: () => Promise.resolve('nothing') };

const codeOf = async (work: Promise<Result<unknown>>): Promise<string> => {
  const result = await work;
  return result.ok ? 'ok' : result.error.code;
};

/** What a verb comes to here and now. */
export function deed(verb: Verb, scene: Scene): Deed {
  const { installation, view, codes, person, choices } = scene;
  const { license, licenseFile, reconcile, settings } = installation.services;
  const { productId } = view;
  const plain = (work: () => Promise<Result<unknown>>): Deed => ({
    about: null,
    carryOut: () => codeOf(work()),
  });
  switch (verb) {
    case 'reconcile':
      return {
        about: null,
        carryOut: async () => {
          await reconcile();
          return 'ok';
        },
      };
    case 'activate': {
      const index = choices.below(codes.length);
      const code = codes[index] ?? '';
      return {
        about: `code ${index}`,
        carryOut: () => codeOf(license.activate({ productId, code: typedCode(code) })),
      };
    }
    case 'signIn':
      return plain(() => license.activateWithPassword({ productId, ...typedLogin(person) }));
    case 'checkout':
    case 'return':
    case 'use': {
      const change = scene.again ?? drawChange(verb, choices);
      return { about: aboutOf(change), carryOut: () => codeOf(license.changeFeature(productId, change)) };
    }
    case 'refresh':
      return plain(() => license.refresh(productId));
    case 'pullState':
      return plain(() => license.pullState(productId));
    case 'deactivate':
      return plain(() => license.deactivate(productId));
    case 'keepTime':
      return plain(() => createLicenseService(installation.engine).keepTime());
    case 'check':
      return plain(() => licenseFile.check(productId, null));
    case 'settings': {
      const theme = choices.one(THEMES);
      return { about: theme, carryOut: () => codeOf(settings.change({ theme })) };
    }
    case 'restart':
      return NOTHING;
    default:
      return offlineDeed(verb, scene);
  }
}

type OfflineVerb =
  'request' | 'discard' | 'answer' | 'import' | 'portalRefresh' | 'leave' | 'deliver' | 'clear';

function offlineDeed(verb: OfflineVerb, scene: Scene): Deed {
  const { installation, view, codes, choices, pocket, portal } = scene;
  const { offline } = installation.services;
  const { productId } = view;
  const [code = ''] = codes;
  const { requests, receipts } = view.offline;
  switch (verb) {
    case 'request':
      return {
        about: null,
        carryOut: () => codeOf(offline.makeRequest({ productId, code: typedCode(code) })),
      };
    case 'leave':
      return { about: null, carryOut: () => codeOf(offline.deactivate(productId)) };
    case 'discard': {
      const id = requests.length === 0 ? 'none' : choices.one(requests).id;
      return { about: id, carryOut: () => codeOf(offline.discardRequest(productId, id)) };
    }
    case 'clear': {
      // Nobody clears a receipt that the portal has not taken: the seat would be lost by their own hand.
      const delivered = receipts.filter(({ id }) => pocket.isDelivered(id));
      const id = delivered.length === 0 ? 'none' : choices.one(delivered).id;
      return { about: id, carryOut: () => codeOf(offline.clearReceipt(productId, id)) };
    }
    case 'answer':
      return requests.length === 0 ? NOTHING : answer(choices.one(requests).id, scene);
    case 'deliver':
      return receipts.length === 0 ? NOTHING : deliver(choices.one(receipts).id, scene);
    case 'import': {
      const tokens = pocket.tokens();
      if (tokens.length === 0) return NOTHING;
      const token = choices.chance(0.7) ? tokens.at(-1) : choices.one(tokens);
      const text = token?.token ?? '';
      return { about: token?.about ?? null, carryOut: () => codeOf(offline.importToken(text)) };
    }
    case 'portalRefresh': {
      const { activation } = view;
      if (activation?.mode !== 'offline') return NOTHING;
      return {
        about: activation.id,
        carryOut: async () => {
          const { code: outcome, token } = await portal.refresh(code, activation.id);
          if (token !== null) pocket.put({ kind: 'refresh', about: activation.id, token });
          return outcome;
        },
      };
    }
  }
}

/** Carries a request to the portal and its response into the pocket. */
function answer(id: string, { installation, view, pocket, portal }: Scene): Deed {
  return {
    about: id,
    carryOut: async () => {
      const request = await installation.services.offline.token(view.productId, id);
      if (!request.ok) return request.error.code;
      const { code, token } = await portal.send(request.value.armored);
      if (token !== null) pocket.put({ kind: 'response', about: id, token });
      return code;
    },
  };
}

/** Carries a deactivation to the portal. */
function deliver(id: string, { installation, view, pocket, portal }: Scene): Deed {
  return {
    about: id,
    carryOut: async () => {
      const receipt = await installation.services.offline.token(view.productId, id);
      if (!receipt.ok) return receipt.error.code;
      const { code } = await portal.send(receipt.value.armored);
      if (code === 'ok') pocket.noteDelivered(id);
      return code;
    },
  };
}
