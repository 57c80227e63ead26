import { compareFactors, matchDevice } from '../../fingerprint/match-policy.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import { fromReasons, LOCAL_LIMIT, word, type Check } from './check.ts';
import type { Look } from './look.ts';

type FactorList = Extract<Evidence, { kind: 'factors' }>;

/** The device against the one that the seat was given to. Only names of factors are told, never what they say. */
export function deviceChecks(look: () => Promise<Look>): readonly Check[] {
  return [
    {
      id: 'fingerprint',
      productId: null,
      limit: LOCAL_LIMIT,
      run: async () => {
        const { reasons, device, fingerprint } = await look();
        return fromReasons('fingerprint', reasons, factorEvidence(device?.enrolled ?? null, fingerprint));
      },
    },
    {
      id: 'virtualMachine',
      productId: null,
      limit: LOCAL_LIMIT,
      run: async () => {
        const { reasons, fingerprint } = await look();
        const kind = fingerprint.virtualMachine.kind ?? fingerprint.container.kind;
        return fromReasons('virtualMachine', reasons, word('machineKind', kind));
      },
    },
    {
      id: 'clonedImage',
      productId: null,
      limit: LOCAL_LIMIT,
      run: async () => fromReasons('clonedImage', (await look()).reasons),
    },
  ];
}

function factorEvidence(
  enrolled: Parameters<typeof compareFactors>[0] | null,
  { factors, unreadable }: Look['fingerprint'],
): readonly Evidence[] {
  const list = (name: FactorList['name'], value: FactorList['value']): readonly Evidence[] =>
    value.length === 0 ? [] : [{ kind: 'factors', name, value }];
  if (enrolled === null) return list('unreadableFactors', unreadable);
  const compared = compareFactors(enrolled, factors);
  return [
    ...word('device', matchDevice(enrolled, factors).verdict),
    ...list('matchingFactors', compared.matching),
    ...list('changedFactors', compared.changed),
    ...list('unreadableFactors', compared.unreadable),
  ];
}
