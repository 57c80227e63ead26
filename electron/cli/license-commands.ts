import type { Command as Program } from 'commander';
import { failure, isErrorCode } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Language } from '../../shared/settings.ts';
import type { ActivateRequest, Services } from '../services.ts';
import { activateByAccount, withAccountOptions, type AccountOptions } from './account-activation.ts';
import type { Choose, Context, Output } from './command.ts';
import { LABELS } from './labels.ts';
import { licenseJson, licenseText } from './output.ts';
import { oneProduct, productsNamed } from './products.ts';
import { readCode, type CodeSource } from './read-code.ts';

/** How `activate` is told who it is for. */
type ActivateOptions = SeatOptions & AccountOptions;

/** Where the activation code comes from, and what else a seat may be taken with. */
export interface SeatOptions extends CodeSource {
  readonly seatName?: string;
  readonly edition?: string;
}

/** The argument that every command about a license takes. */
export function forProduct(program: Program, name: string, description: string): Program {
  return program
    .command(name)
    .description(description)
    .argument('[product]', 'product id or name; not needed where there is one product');
}

/** The options of every command that takes a seat. */
export function withSeatOptions(command: Program): Program {
  return command
    .option(
      '--code-file <file>',
      'read the activation code from a file, or from standard input with -; without it the code is asked for at a terminal',
    )
    .option('--yes', 'ask nothing, for scripts: what is missing is an error')
    .option('--seat-name <name>', 'name of this device, shown where seats are managed')
    .option('--edition <id>', 'edition to activate');
}

/** The seat that the arguments ask for. Errors: those of `oneProduct` and `readCode` */
export async function seatRequest(
  context: Context,
  named: string | undefined,
  options: SeatOptions,
): Promise<Result<ActivateRequest>> {
  const productId = oneProduct(context.profile, named);
  if (!productId.ok) return productId;
  const code = await readCode(options, context);
  if (!code.ok) return code;
  const { seatName, edition: editionId } = options;
  return ok({ productId: productId.value, code: code.value, seatName, editionId });
}

/** One license, as every command that changes one prints it. */
export function licenseOutput(view: LicenseView, language: Language): Output {
  return { json: licenseJson(view, language), text: licenseText(view, language) };
}

/** `status`, `activate`, `refresh`, `deactivate`. */
export function addLicenseCommands(program: Program, choose: Choose): void {
  forProduct(
    program,
    'status',
    'tell the state of the license, the reasons for it and what can be done; asks no server',
  ).action((product?: string) => {
    choose({ needs: 'installation', run: (context) => status(context, product) });
  });
  withAccountOptions(withSeatOptions(forProduct(program, 'activate', 'take a seat for this device'))).action(
    (product: string | undefined, options: ActivateOptions) => {
      choose({ needs: 'installation', run: (context) => activate(context, product, options) });
    },
  );
  forProduct(program, 'refresh', 'renew the lease and bring features and terms up to date').action(
    (product?: string) => {
      choose({ needs: 'installation', run: (context) => change(context, product, refresh) });
    },
  );
  forProduct(program, 'deactivate', 'give the seat of this device back').action((product?: string) => {
    choose({ needs: 'installation', run: (context) => change(context, product, deactivate) });
  });
}

/** One license is an object of its own; several come as `{licenses: [...]}`. */
async function status(
  { profile, services, language }: Context,
  named: string | undefined,
): Promise<Result<Output>> {
  const wanted = productsNamed(profile, named);
  if (!wanted.ok) return wanted;
  const { licenses } = await services.snapshot();
  const views = licenses.filter(({ productId }) => wanted.value.includes(productId));
  const json = views.map((view) => licenseJson(view, language));
  return ok({
    json: json.length === 1 ? json[0] : { licenses: json },
    text: views.map((view) => licenseText(view, language)).join('\n'),
  });
}

async function activate(
  context: Context,
  named: string | undefined,
  options: ActivateOptions,
): Promise<Result<Output>> {
  const done = await takeSeat(context, named, options);
  return done.ok ? ok(licenseOutput(done.value, context.language)) : done;
}

async function takeSeat(
  context: Context,
  named: string | undefined,
  options: ActivateOptions,
): Promise<Result<LicenseView>> {
  const { license } = context.services;
  const { account, username, codeFile, seatName, edition: editionId } = options;
  if (account === undefined && username === undefined) {
    const request = await seatRequest(context, named, options);
    return request.ok ? license.activate(request.value) : request;
  }
  if (account === undefined || codeFile !== undefined) {
    return err(failure('usageInvalid', { field: '--account, or --code-file FILE|-' }));
  }
  const productId = oneProduct(context.profile, named);
  if (!productId.ok) return productId;
  return activateByAccount(context, { productId: productId.value, seatName, editionId }, options);
}

async function change(
  context: Context,
  named: string | undefined,
  work: (services: Services, productId: string) => Promise<Result<LicenseView>>,
): Promise<Result<Output>> {
  const { profile, services, language } = context;
  const productId = oneProduct(profile, named);
  if (!productId.ok) return productId;
  const done = await work(services, productId.value);
  if (done.ok) return ok(licenseOutput(done.value, language));
  if (done.error.code === 'notAllowedInState') await pointOffline(context, productId.value);
  return done;
}

/** A license that was activated offline is refreshed and given back by files: whoever tries otherwise is told. */
async function pointOffline({ services, ports, language }: Context, productId: string): Promise<void> {
  const { licenses } = await services.snapshot();
  const view = licenses.find((candidate) => candidate.productId === productId);
  if (view?.activation?.mode === 'offline') ports.err(`${LABELS[language].offlineWay}\n`);
}

function deactivate({ license }: Services, productId: string): Promise<Result<LicenseView>> {
  return license.deactivate(productId);
}

/**
 * Renews the lease. Where the entitlement is not active the state allows only to ask about it, which the window has a
 * button for: here it is the same wish, and the lease follows as soon as there is one to be had.
 */
async function refresh({ license, snapshot }: Services, productId: string): Promise<Result<LicenseView>> {
  const { licenses } = await snapshot();
  const actions = licenses.find((view) => view.productId === productId)?.actions ?? [];
  if (actions.includes('refresh') || !actions.includes('pullState')) return license.refresh(productId);
  const pulled = await license.pullState(productId);
  if (!pulled.ok) return pulled;
  if (pulled.value.actions.includes('refresh')) return license.refresh(productId);
  const [blocking] = pulled.value.reasons.flatMap(({ code, severity }) =>
    severity === 'blocking' && isErrorCode(code) ? [code] : [],
  );
  return blocking === undefined ? pulled : err(failure(blocking));
}
