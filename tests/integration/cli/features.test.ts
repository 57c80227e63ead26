import { describe, expect, it } from 'vitest';
import { jsonOf, withServer, type Outcome } from './command.ts';

const { install, buy } = withServer();

async function activated() {
  const { code } = await buy({
    features: [
      { key: 'nodes', type: 'elementPool', total: 10 },
      { key: 'editor', type: 'bool' },
    ],
  });
  const app = install();
  expect((await app.activate(code)).exit).toBe(0);
  return app;
}

function nodesOf(answer: Outcome): unknown {
  const { features } = jsonOf(answer)['activation'] as { readonly features: readonly { key: string }[] };
  return features.find(({ key }) => key === 'nodes');
}

describe('latchkey feature', () => {
  it('takes, puts back and tracks, and prints what there is then', async () => {
    const app = await activated();
    const taken = await app.run(['feature', 'checkout', 'nodes', '--amount', '3', '--json']);
    expect(taken).toMatchObject({ exit: 0, err: '' });
    expect(nodesOf(taken)).toMatchObject({ active: 3, available: 7 });
    const back = await app.run(['feature', 'return', 'nodes', '--json']);
    expect(nodesOf(back)).toMatchObject({ active: 2, available: 8 });
    expect(await app.run(['feature', 'use', 'editor'])).toMatchObject({ exit: 0, err: '' });
  });

  it('says with its exit status why not', async () => {
    const app = await activated();
    expect((await app.run(['feature', 'checkout', 'rockets'])).exit).toBe(24);
    expect((await app.run(['feature', 'checkout', 'nodes', '--amount', '11'])).exit).toBe(25);
    expect((await app.run(['feature', 'return', 'nodes'])).exit).toBe(26);
    expect((await install().run(['feature', 'use', 'editor'])).exit).toBe(7);
  });

  it.each(['0', '-1', '1.5', 'many', '1e3', '99999999999999999999'])(
    'takes no amount of %s',
    async (amount) => {
      const answer = await install().run(['feature', 'checkout', 'nodes', `--amount=${amount}`]);
      expect(answer.exit).toBe(2);
      expect(answer.err).toContain('It has to be a whole number from 1 on.');
    },
  );

  it('does not track an amount of uses', async () => {
    expect((await install().run(['feature', 'use', 'editor', '--amount', '2'])).exit).toBe(2);
  });
});
