import type { DeepLink, EventOf, OpenedFile } from '../../shared/contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Services } from '../services.ts';
import { describePageError } from '../support/crash-report.ts';
import { Secret } from '../support/secret.ts';
import type { Handlers } from './dispatch.ts';
import type { LinkName } from './link-policy.ts';

/** What was typed is a secret from here on. */
const withCode = <T extends { readonly code: string }>(request: T) => ({
  ...request,
  code: new Secret('activationCode', request.code),
});
const withPassword = <T extends { readonly password: string }>(request: T) => ({
  ...request,
  password: new Secret('password', request.password),
});

/** Joins the verbs of the contract to what does them. */
export function createHandlers(options: {
  readonly services: Services;
  readonly openLink: (link: LinkName) => Promise<Result<Record<string, never>>>;
  readonly tellCheck: (check: EventOf<'diagnosis'>) => void;
  readonly takeDeepLink: () => DeepLink | null;
  readonly takeOpenedFile: () => OpenedFile | null;
  readonly saveFile: (file: {
    readonly name: string;
    readonly content: string | Uint8Array;
  }) => Promise<Result<{ readonly name: string }>>;
}): Handlers {
  const { services, openLink, tellCheck, takeDeepLink, takeOpenedFile, saveFile } = options;
  const { license, offline, proxy, server, settings } = services;
  let diagnosis = new AbortController();
  return {
    'app.snapshot': async () => ok(await services.glance()),
    'app.takeDeepLink': () => Promise.resolve(ok(takeDeepLink())),
    'app.takeOpenedFile': () => Promise.resolve(ok(takeOpenedFile())),
    'license.activate': (request) => license.activate(withCode(request)),
    'license.activateWithPassword': (request) => license.activateWithPassword(withPassword(request)),
    'license.signIn': (request) => license.signIn(request),
    'license.cancelSignIn': () => {
      license.cancelSignIn();
      return Promise.resolve(ok({}));
    },
    'license.refresh': ({ productId }) => license.refresh(productId),
    'license.pullState': ({ productId }) => license.pullState(productId),
    'license.deactivate': ({ productId }) => license.deactivate(productId),
    'license.changeFeature': ({ productId, ...change }) => license.changeFeature(productId, change),
    'offline.makeRequest': (request) => offline.makeRequest(withCode(request)),
    'offline.discardRequest': ({ productId, id }) => offline.discardRequest(productId, id),
    'offline.token': ({ productId, id }) => offline.token(productId, id),
    'offline.saveToken': async ({ productId, id }) => {
      const token = await offline.token(productId, id);
      return token.ok ? saveFile({ name: token.value.fileName, content: token.value.armored }) : token;
    },
    'offline.recognise': ({ text }) => offline.recognise(text),
    'offline.importToken': ({ text }) => offline.importToken(text),
    'offline.deactivate': ({ productId }) => offline.deactivate(productId),
    'offline.clearReceipt': ({ productId, id }) => offline.clearReceipt(productId, id),
    'server.inspectCertificate': ({ text }) => {
      const found = server.inspectCertificate(text);
      return Promise.resolve(found.ok ? ok({ certificates: found.value }) : found);
    },
    // The window has asked before.
    'server.use': (wish) => server.use({ local: wish.kind === 'local' ? wish : null, isConfirmed: true }),
    'server.check': async () => ok(await server.check()),
    'support.diagnose': async () => {
      diagnosis.abort();
      diagnosis = new AbortController();
      const { signal } = diagnosis;
      return ok(await services.support.diagnose({ onCheck: tellCheck, signal }));
    },
    'support.cancelDiagnosis': () => {
      diagnosis.abort();
      return Promise.resolve(ok({}));
    },
    'support.previewBundle': async () => {
      const made = await services.support.bundle.make();
      if (!made.ok) return made;
      const { id, files, canEncrypt } = made.value;
      return ok({ id, files: files.map(({ name, bytes, text }) => ({ name, bytes, text })), canEncrypt });
    },
    'support.saveBundle': ({ id, encrypt }) => {
      const packed = services.support.bundle.pack(id, encrypt);
      return packed.ok
        ? saveFile({ name: packed.value.name, content: packed.value.bytes })
        : Promise.resolve(packed);
    },
    'support.notePageError': ({ how, ...error }) => {
      const kind = how === 'exception' ? 'pageException' : 'pageRejection';
      services.support.crashes.note(kind, { described: describePageError(error) });
      return Promise.resolve(ok({}));
    },
    'support.takeCrash': () => {
      const crash = services.support.crashes.untold();
      services.support.crashes.markTold();
      return Promise.resolve(ok(crash === null ? null : { at: Date.parse(crash.at) }));
    },
    'settings.change': ({ language, theme, proxy: way }) =>
      settings.change({
        ...(language !== undefined && { language }),
        ...(theme !== undefined && { theme }),
        ...(way !== undefined && { proxy: way }),
      }),
    'proxy.signIn': ({ proxy: name, ...login }) =>
      proxy.signIn({ ...withPassword(login), proxy: name ?? undefined }),
    'proxy.forget': async () => {
      const forgotten = await proxy.forget();
      return forgotten.ok ? ok({}) : forgotten;
    },
    'links.open': ({ link }) => openLink(link),
  };
}
