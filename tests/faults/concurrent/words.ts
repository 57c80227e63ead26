import * as v from 'valibot';

/** What is said between the test and the processes that it lets work in one data folder, one line of JSON each. */

export const ordersSchema = v.strictObject({
  profile: v.string(),
  dataDir: v.string(),
  productId: v.string(),
  /** A Local License Server, and the file of its certificate authority. */
  local: v.strictObject({ url: v.string(), pin: v.string(), caFile: v.string() }),
  seed: v.string(),
  /** The defect: a lock that lets everybody in. */
  withoutLock: v.boolean(),
});

export type Orders = v.InferOutput<typeof ordersSchema>;

export const commandSchema = v.variant('kind', [
  /** Makes so many offline requests. */
  v.strictObject({ kind: v.literal('request'), code: v.string(), times: v.number() }),
  v.strictObject({ kind: v.literal('activate'), code: v.string() }),
  /** Chooses where new activations are taken from. */
  v.strictObject({ kind: v.literal('choose'), server: v.picklist(['cloud', 'local']) }),
  /** Does so many things that leave the seat where it is. */
  v.strictObject({ kind: v.literal('use'), times: v.number() }),
  v.strictObject({ kind: v.literal('deactivate') }),
]);

/** What is sold with enough for everybody. */
export const POOL = 'render-nodes';
export const COUNT = 'exports';
export const FLAG = 'batch-mode';

/** What is done with features: the change, and what it adds where it is carried out. */
export const CHANGES = {
  take: { kind: 'checkout', key: POOL, amount: 1, added: 1 },
  putBack: { kind: 'return', key: POOL, amount: 1, added: -1 },
  spend: { kind: 'checkout', key: COUNT, amount: 2, added: 2 },
  track: { kind: 'usage', key: FLAG, amount: 1, added: 1 },
} as const;

export type Change = keyof typeof CHANGES;

export const isChange = (what: string): what is Change => Object.hasOwn(CHANGES, what);

export type Command = v.InferOutput<typeof commandSchema>;

export const deedSchema = v.strictObject({
  what: v.string(),
  /** `ok`, or why it was refused. */
  code: v.string(),
  /** Revision of the license afterwards; null where it was not looked at. */
  revision: v.nullable(v.number()),
  /** Id of what was made; null where nothing was. */
  made: v.nullable(v.string()),
  /** What the server has to have counted of a feature for it; null = nothing. */
  counted: v.nullable(v.strictObject({ key: v.string(), added: v.number() })),
});

export type Deed = v.InferOutput<typeof deedSchema>;

/** The answer to one command: everything that was done for it. */
export const reportSchema = v.array(deedSchema);

/** Waits for orders and then for commands, and answers each; ends when nothing more can come. */
export async function obey(
  begin: (orders: Orders) => Promise<(command: Command) => Promise<readonly Deed[]>>,
): Promise<void> {
  const { createInterface } = await import('node:readline/promises');
  let carryOut: ((command: Command) => Promise<readonly Deed[]>) | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    const said: unknown = JSON.parse(line);
    if (carryOut === null) carryOut = await begin(v.parse(ordersSchema, said));
    else process.stdout.write(`${JSON.stringify(await carryOut(v.parse(commandSchema, said)))}\n`);
  }
  process.exit(0);
}
