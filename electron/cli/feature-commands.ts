import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import type { Result } from '../../shared/result.ts';
import type { FeatureChange } from '../license/feature-policy.ts';
import type { Choose, Context, Output } from './command.ts';
import { licenseOutput } from './license-commands.ts';
import { oneProduct } from './products.ts';

interface FeatureOptions {
  readonly product?: string;
  readonly amount?: number;
}

const COMMANDS = [
  ['checkout', 'checkout', 'take elements of a pool for this device, or spend of a count'],
  ['return', 'return', 'put elements of a pool back'],
  ['use', 'usage', 'track one use of a feature that is on or off'],
] as const;

/** `feature checkout|return|use`: what the installed software calls for counted features. Needs the network. */
export function addFeatureCommands(program: Program, choose: Choose): void {
  const feature = program.command('feature').description('check features out and in, and track their use');
  for (const [name, kind, description] of COMMANDS) {
    const command = feature
      .command(name)
      .description(description)
      .argument('<key>', 'key of the feature, as `status` lists it')
      .option('--product <name>', 'product id or name; not needed where there is one product');
    if (kind !== 'usage') command.addOption(amountOption());
    command.action((key: string, options: FeatureOptions) => {
      const change = { kind, key, amount: options.amount ?? 1 };
      choose({ needs: 'installation', run: (context) => changeFeature(context, options.product, change) });
    });
  }
}

function amountOption(): Option {
  return new Option('--amount <number>', 'how much').default(1).argParser((text) => {
    const amount = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(amount) || amount < 1) {
      throw new InvalidArgumentError('It has to be a whole number from 1 on.');
    }
    return amount;
  });
}

async function changeFeature(
  { profile, services, language }: Context,
  product: string | undefined,
  change: FeatureChange,
): Promise<Result<Output>> {
  const productId = oneProduct(profile, product);
  if (!productId.ok) return productId;
  const done = await services.license.changeFeature(productId.value, change);
  return done.ok ? { ok: true, value: licenseOutput(done.value, language) } : done;
}
