import * as fc from 'fast-check';
import { DAMAGEABLE, FACTORS, PURCHASES, SLOTS, type Network, type Step } from './history.ts';

/** Random histories. Rare disasters are rare, so that a history gets somewhere before the next. */

const slot = fc.constantFrom(...SLOTS);
const oftenA = fc.oneof({ weight: 3, arbitrary: fc.constant('A' as const) }, { weight: 1, arbitrary: slot });
const purchase = fc.oneof(
  { weight: 12, arbitrary: fc.nat({ max: PURCHASES.length - 1 }) },
  { weight: 1, arbitrary: fc.constant(PURCHASES.length) },
);
const sold = fc.nat({ max: PURCHASES.length - 1 });
const minutes = {
  moment: 3,
  bit: 25,
  hour: 60,
  days: 6 * 1440,
  lease: 11 * 1440,
  month: 35 * 1440,
  year: 370 * 1440,
} as const;

const fault = fc.constantFrom(
  null,
  null,
  500 as const,
  429 as const,
  'cutBefore' as const,
  'cutAfter' as const,
);
const net: fc.Arbitrary<Network> = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.constant<Network>(['cutAfter']) },
  { weight: 4, arbitrary: fc.array(fault, { minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constant('none' as const) },
);

const activate = fc.record({
  do: fc.constant('activate' as const),
  slot: oftenA,
  purchase,
  edition: fc.constantFrom(null, null, 'professional' as const, 'standard' as const),
  net,
});
const call = fc.record({
  do: fc.constantFrom('refresh', 'refresh', 'pullState', 'deactivate', 'reconcile'),
  slot: oftenA,
  net,
});
const plain = fc.record({ do: fc.constantFrom('keepTime', 'restart'), slot: oftenA });
const offline = fc.oneof(
  fc.record({ do: fc.constant('request' as const), slot: oftenA, purchase }),
  fc.record({ do: fc.constant('portal' as const), token: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constant('import' as const), slot: oftenA, token: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constantFrom('fetch', 'leave', 'export', 'clear'), slot: oftenA }),
);
const time = fc.oneof(
  fc.record({
    do: fc.constant('setClock' as const),
    slot: oftenA,
    minutes: fc.constantFrom(
      ...[minutes.moment, minutes.bit, minutes.hour, minutes.lease, minutes.year].flatMap((it) => [it, -it]),
    ),
  }),
  fc.record({ do: fc.constant('rightClock' as const), slot: oftenA }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(...Object.values(minutes)) }),
);
const hardware = fc.record({
  do: fc.constant('hardware' as const),
  slot: oftenA,
  factors: fc.oneof(
    fc.constant([]),
    fc.subarray([...FACTORS], { minLength: 1, maxLength: 2 }),
    fc.subarray([...FACTORS]),
  ),
});
const vendor = fc.record({
  do: fc.constant('vendor' as const),
  purchase: sold,
  action: fc.constantFrom('disable', 'enable', 'enable', 'renew', 'release'),
});
const disaster = fc.oneof(
  fc.record({ do: fc.constantFrom('snapshot', 'putBack'), slot: oftenA }),
  fc.record({ do: fc.constant('copy' as const), slot: oftenA, to: slot, twin: fc.boolean() }),
  fc.record({
    do: fc.constant('damage' as const),
    slot: oftenA,
    file: fc.constantFrom(...DAMAGEABLE),
    both: fc.boolean(),
  }),
);

const ordinary = [
  { weight: 6, arbitrary: activate },
  { weight: 14, arbitrary: call },
  { weight: 2, arbitrary: plain },
  { weight: 8, arbitrary: offline },
  { weight: 4, arbitrary: time },
  { weight: 2, arbitrary: hardware },
  { weight: 3, arbitrary: vendor },
];
const peaceful = fc.oneof(...ordinary) as fc.Arbitrary<Step>;
const eventful = fc.oneof(...ordinary, { weight: 5, arbitrary: disaster }) as fc.Arbitrary<Step>;

/** A whole exchange, so that there are offline seats to do something with. */
const exchange: fc.Arbitrary<Step[]> = fc
  .record({ slot: oftenA, purchase: fc.constantFrom(0, 1) })
  .map(({ slot: at, purchase: of }) => [
    { do: 'request', slot: at, purchase: of },
    { do: 'portal', token: 0 },
    { do: 'import', slot: at, token: 0 },
  ]);
const refreshed: fc.Arbitrary<Step[]> = oftenA.map((at) => [
  { do: 'fetch', slot: at },
  { do: 'import', slot: at, token: 0 },
]);

/** Two refresh files that arrive in the wrong order. */
const crossed: fc.Arbitrary<Step[]> = oftenA.map((at) => [
  { do: 'fetch', slot: at },
  { do: 'fetch', slot: at },
  { do: 'import', slot: at, token: 0 },
  { do: 'import', slot: at, token: 1 },
]);

/** A purchase that the vendor has closed, and another one in its place; its seat may have to be given back later. */
const replaced: fc.Arbitrary<Step[]> = fc
  .record({
    at: oftenA,
    first: sold,
    second: sold,
    how: fc.constantFrom<Network>([], [null, null, null, 'cutBefore']),
  })
  .map(({ at, first, second, how }) => [
    { do: 'activate', slot: at, purchase: first, edition: null, net: [] },
    { do: 'vendor', purchase: first, action: 'disable' },
    { do: 'pullState', slot: at, net: [] },
    { do: 'activate', slot: at, purchase: second, edition: null, net: how },
  ]);

/** A seat to begin with, or one that was taken unheard. */
const opening: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Step[]>([]) },
  { weight: 2, arbitrary: exchange },
  { weight: 2, arbitrary: replaced },
  {
    weight: 5,
    arbitrary: fc
      .record({ at: oftenA, of: sold, how: fc.constantFrom<Network>([], [], ['cutAfter']) })
      .map(({ at, of, how }): Step[] => [
        { do: 'activate', slot: at, purchase: of, edition: null, net: how },
      ]),
  },
);

const fragment = (step: fc.Arbitrary<Step>) =>
  fc.oneof(
    { weight: 12, arbitrary: step.map((one): Step[] => [one]) },
    { weight: 1, arbitrary: exchange },
    { weight: 1, arbitrary: refreshed },
    { weight: 1, arbitrary: crossed },
  );

const historiesOf = (step: fc.Arbitrary<Step>, longest: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(opening, fc.array(fragment(step), { minLength: 1, maxLength: longest, size: 'max' }))
    .map(([first, parts]) => [first, ...parts].flat());

/** @param longest of how many fragments a history consists at most */
export const histories = (longest: number): fc.Arbitrary<readonly Step[]> =>
  fc.oneof(historiesOf(peaceful, longest), historiesOf(eventful, longest));
