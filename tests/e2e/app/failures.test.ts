import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS, failure, type ErrorCode } from '../../../shared/errors.ts';
import type { Facts } from '../../../shared/facts.ts';
import { helpedOffline } from '../../../renderer/licenses/remedy.ts';
import { describeFailure, describeReason, remedyLabel } from '../../../shared/messages/index.ts';
import { DAY, subscription } from '../../integration/licensing-api/caller.ts';
import { bytesIn } from '../../support/vault.ts';
import type { App } from '../../support/app.ts';
import { startBench, type Bench } from './bench.ts';
import { personAt, plain } from './person.ts';

/** One thing that goes wrong with an activation. */
interface Trouble {
  readonly what: string;
  readonly code: ErrorCode;
  /** Facts that its sentence tells. */
  readonly facts?: (bench: Bench) => Facts;
  /** Whether the answer was lost, so that the server may have acted and the intent has to stay. */
  readonly isOpen?: true;
  /** Makes it go wrong. @returns the code to type, and what sets it right again */
  readonly arrange: (bench: Bench) => Promise<Arranged>;
}

interface Arranged {
  readonly typed: string;
  readonly repair: () => Promise<unknown>;
  /** What to type in the end; without it what was typed stands in the form still. */
  readonly correction?: string;
}

const host = ({ url }: Bench): Facts => ({ host: new URL(url).host });
const nothing = () => Promise.resolve();

/** A good code and a server that goes wrong in its own way. */
const withServer =
  (spoil: (bench: Bench) => unknown, repair: (bench: Bench) => Promise<unknown> = nothing) =>
  async (bench: Bench): Promise<Arranged> => {
    const { activationCode } = await bench.calls.createEntitlement();
    await spoil(bench);
    return { typed: activationCode, repair: () => repair(bench) };
  };

const certificate = (variant: 'newKey' | 'expired' | 'wrongHost' | 'otherCa' | 'notYetValid') =>
  withServer(
    ({ server }) => server.setCertificate(variant),
    ({ server }) => server.setCertificate('valid'),
  );

const TROUBLES: readonly Trouble[] = [
  {
    what: 'a wrong code',
    code: 'activationCodeInvalid',
    arrange: async ({ calls }) => {
      const { activationCode } = await calls.createEntitlement();
      const typed = activationCode.replace(/.$/, (last) => (last === 'A' ? 'C' : 'A'));
      return { typed, repair: nothing, correction: activationCode };
    },
  },
  {
    what: 'used-up seats',
    code: 'seatLimitReached',
    arrange: async ({ calls }) => {
      const { activationCode } = await calls.createEntitlement({ seatCount: 1 });
      const { seat } = await calls.takeSeat(activationCode, 'another-device');
      return { typed: activationCode, repair: () => calls.manage('DELETE', `/activations/${seat.id}`) };
    },
  },
  {
    what: 'an expired entitlement',
    code: 'entitlementExpired',
    arrange: async ({ server, calls }) => {
      server.setClock(Date.now() - 400 * DAY);
      const { id, activationCode } = await calls.createEntitlement();
      server.setClock(Date.now);
      return { typed: activationCode, repair: () => calls.change(id, 'renew') };
    },
  },
  {
    what: 'a disabled entitlement',
    code: 'entitlementDisabled',
    arrange: async ({ calls }) => {
      const { id, activationCode } = await calls.createEntitlement();
      await calls.change(id, 'disable');
      return { typed: activationCode, repair: () => calls.change(id, 'enable') };
    },
  },
  {
    what: 'an entitlement that has not started',
    code: 'entitlementNotStarted',
    arrange: async ({ calls }) => {
      const { id, activationCode } = await calls.createEntitlement({
        plan: subscription('ManualActivation'),
      });
      return { typed: activationCode, repair: () => calls.change(id, 'start') };
    },
  },
  {
    what: 'a server that is down',
    code: 'serverUnreachable',
    facts: host,
    arrange: withServer(
      (bench) => bench.stopServer(),
      (bench) => bench.startServer(),
    ),
  },
  {
    what: 'a wrong pin',
    code: 'pinMismatch',
    facts: (bench) => ({ ...host(bench), issuer: 'Latchkey reference CA' }),
    arrange: certificate('newKey'),
  },
  {
    what: 'an expired certificate',
    code: 'certificateExpired',
    facts: (bench) => ({ ...host(bench), at: Date.now() - 10 * DAY }),
    arrange: certificate('expired'),
  },
  {
    what: 'a certificate from the future',
    code: 'certificateNotYetValid',
    facts: host,
    arrange: certificate('notYetValid'),
  },
  {
    what: 'a certificate of another host',
    code: 'certificateNameMismatch',
    facts: host,
    arrange: certificate('wrongHost'),
  },
  {
    what: 'a certificate of an unknown authority',
    code: 'certificateUntrusted',
    facts: (bench) => ({ ...host(bench), issuer: 'Some other CA' }),
    arrange: certificate('otherCa'),
  },
  {
    what: 'a malformed answer',
    code: 'answerMalformed',
    facts: host,
    isOpen: true,
    arrange: withServer(({ server }) => server.faults.next({ kind: 'malformedJson' }, 'activate')),
  },
  {
    what: 'a server that is busy',
    code: 'rateLimited',
    facts: (bench) => ({ ...host(bench), retryAfterSeconds: 7 }),
    arrange: withServer(({ server }) =>
      server.faults.next({ kind: 'status', status: 429, retryAfterSeconds: 7 }, 'activate'),
    ),
  },
  {
    what: 'a server that is out of order',
    code: 'serverError',
    facts: host,
    isOpen: true,
    arrange: withServer(({ server }) => server.faults.next({ kind: 'status', status: 503 }, 'activate')),
  },
  {
    what: 'somebody on the way who sends elsewhere',
    code: 'redirectRefused',
    facts: host,
    isOpen: true,
    arrange: withServer(({ server }) =>
      server.faults.next({ kind: 'redirect', location: 'https://elsewhere.example/' }, 'activate'),
    ),
  },
];

const vaultOf = (bench: Bench) => bytesIn(path.join(bench.dataDir, 'vault'));

/** Without the journal: it is there for what is not known yet, and it is meant to stay. */
const settled = (bytes: Record<string, string>) =>
  Object.fromEntries(Object.entries(bytes).filter(([name]) => !name.startsWith('journal-')));

/** A license that was given back: the vault has its key, a license record and a device record. */
async function giveBackOne(bench: Bench): Promise<App> {
  const { activationCode } = await bench.calls.createEntitlement();
  const app = await bench.launch();
  const person = personAt(app);
  await person.becomeActive(activationCode);
  await person.openLicense();
  await person.deactivate();
  return app;
}

describe('an activation that fails', () => {
  const named = TROUBLES.map((trouble) => [trouble.what, trouble] as const);
  it.each(named)('by %s says so, says what to do, and leaves the vault alone', async (_what, trouble) => {
    const bench = await startBench();
    const record = `${bench.server.productId}.json`;
    const app = await giveBackOne(bench);
    const person = personAt(app);
    const { typed, repair, correction } = await trouble.arrange(bench);
    const before = vaultOf(bench);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['device.json', 'keys.json', record]));

    await person.activate(typed);
    const facts = trouble.facts?.(bench);
    const { sentence, nextAction } = describeFailure(failure(trouble.code, facts), 'en');
    const message = plain(`${sentence} ${nextAction}`);
    // A button beside it is that of the one thing that helps.
    const button = remedyLabel(ERRORS[trouble.code].remedy, 'en');
    const offline = helpedOffline(trouble.code) ? ' Activate without a network' : '';
    const said = [message + offline, `${message} ${button}${offline}`];
    expect(said).toContain(await person.alert());

    const after = vaultOf(bench);
    expect(settled(after)).toEqual(before);
    expect(Object.keys(after).some((name) => name.startsWith('journal-'))).toBe(trouble.isOpen === true);
    expect((await person.license()).state).toBe('notActivated');
    const interrupted = describeReason({ code: 'activationInterrupted' }, 'en').sentence;
    expect((await person.text()).includes(interrupted)).toBe(trouble.isOpen === true);

    await repair();
    expect(await person.code().inputValue()).toBe(typed);
    if (correction === undefined) await person.button('Activate').click();
    else await person.activate(correction);
    await person.heading(/ is active$/).waitFor();
    expect(vaultOf(bench)[record]).not.toBe(before[record]);
  });

  it('has a message and a next action of its own for each trouble', () => {
    // How long to wait is said by a server that limits its callers; one that is broken here says nothing.
    const factsOf = (code: ErrorCode) => ({
      host: 'localhost',
      ...(code === 'rateLimited' ? { retryAfterSeconds: 7 } : {}),
    });
    const messages = TROUBLES.map(({ code }) => describeFailure(failure(code, factsOf(code)), 'en'));
    expect(new Set(messages.map(({ sentence }) => sentence)).size).toBe(TROUBLES.length);
    expect(new Set(messages.map(({ nextAction }) => nextAction)).size).toBe(TROUBLES.length);
  });
});
