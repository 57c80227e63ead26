import path from 'node:path';
import { ERRORS, failure, type Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { resolveLanguage, type Language } from '../../shared/settings.ts';
import { createServices } from '../create-services.ts';
import type { Clock, Keyring, Log, Random } from '../ports.ts';
import type { Services } from '../services.ts';
import { failureJson, failureText, licenseJson, licenseText } from './output.ts';
import { parseArguments, type Invocation } from './program.ts';
import { readCode, type CodePorts } from './read-code.ts';

/** What the command line needs from its process. */
export interface CliPorts extends CodePorts {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly keyring: Keyring;
  readonly openLog: (dataDir: string) => Log;
  readonly readProfile: (file: string) => Result<VendorProfile>;
  readonly version: string;
  /** BCP 47 tag of the operating system's language. */
  readonly systemLocale: string;
  /** Where an installed application has its profile and its data; options and environment are then not asked. */
  readonly installed?: { readonly profile: VendorProfile; readonly dataDir: string };
}

/**
 * Runs one command. Never throws in foreseen cases and never ends the process.
 * @param args the arguments after the executable and script
 * @returns the exit status: 0, or the `exit` of the error's code (shared/errors.ts)
 */
export async function runCli(args: readonly string[], ports: CliPorts): Promise<number> {
  const parsed = parseArguments(args, ports);
  if (parsed.kind === 'done') return parsed.exit;
  const { invocation } = parsed;
  const language = invocation.global.language ?? resolveLanguage('system', ports.systemLocale);
  const report = (problem: Failure): number => {
    if (invocation.global.json === true) ports.out(`${JSON.stringify(failureJson(problem, language))}\n`);
    ports.err(failureText(problem, language));
    return ERRORS[problem.code].exit;
  };
  const place = placeOf(invocation, ports);
  if (!place.ok) return report(place.error);
  const services = await createServices({
    ...place.value,
    keyring: ports.keyring,
    clock: ports.clock,
    random: ports.random,
    log: ports.openLog(place.value.dataDir),
    appVersion: ports.version,
    systemLocale: ports.systemLocale,
  });
  try {
    const result = await perform(invocation, place.value.profile, services, ports);
    if (!result.ok) return report(result.error);
    ports.out(render(result.value, invocation, language));
    return 0;
  } finally {
    await services.close();
  }
}

/** The profile and data folder that the command is about. */
function placeOf(
  invocation: Invocation,
  ports: CliPorts,
): Result<{ readonly profile: VendorProfile; readonly dataDir: string }> {
  if (ports.installed !== undefined) return ok(ports.installed);
  const file = invocation.global.profile ?? ports.env['LATCHKEY_PROFILE'];
  if (file === undefined || file === '') return err(failure('usageInvalid', { field: '--profile FILE' }));
  const data = invocation.global.data ?? ports.env['LATCHKEY_DATA'];
  if (data === undefined || data === '') return err(failure('usageInvalid', { field: '--data DIR' }));
  const profile = ports.readProfile(file);
  return profile.ok ? ok({ profile: profile.value, dataDir: path.resolve(data) }) : profile;
}

async function perform(
  invocation: Invocation,
  profile: VendorProfile,
  services: Services,
  ports: CliPorts,
): Promise<Result<readonly LicenseView[]>> {
  const wanted = productsOf(profile, invocation.product);
  if (wanted.length === 0) return err(failure('productUnknown'));
  if (invocation.command === 'status') {
    const { licenses } = await services.snapshot();
    return ok(licenses.filter(({ productId }) => wanted.includes(productId)));
  }
  const [productId, ...others] = wanted;
  if (productId === undefined || others.length > 0) {
    return err(failure('usageInvalid', { field: 'PRODUCT' }));
  }
  const one = async (outcome: Promise<Result<LicenseView>>): Promise<Result<readonly LicenseView[]>> => {
    const done = await outcome;
    return done.ok ? ok([done.value]) : done;
  };
  switch (invocation.command) {
    case 'refresh':
      return one(services.license.refresh(productId));
    case 'deactivate':
      return one(services.license.deactivate(productId));
    case 'activate': {
      const code = await readCode(invocation.options, ports);
      if (!code.ok) return code;
      return one(
        services.license.activate({
          productId,
          code: code.value,
          seatName: invocation.options.seatName,
          editionId: invocation.options.edition,
        }),
      );
    }
  }
}

/** Ids of the products meant: all without a name, else the one with that id or name. */
function productsOf(profile: VendorProfile, named: string | undefined): readonly string[] {
  const wish = named?.toLowerCase();
  return profile.products
    .filter(({ productId, name }) => wish === undefined || productId === named || name.toLowerCase() === wish)
    .map(({ productId }) => productId);
}

/** One license is an object of its own; several come as `{licenses: [...]}`. */
function render(views: readonly LicenseView[], invocation: Invocation, language: Language): string {
  if (invocation.global.json !== true) return views.map((view) => licenseText(view, language)).join('\n');
  const licenses = views.map((view) => licenseJson(view, language));
  return `${JSON.stringify(licenses.length === 1 ? licenses[0] : { licenses }, null, 2)}\n`;
}
