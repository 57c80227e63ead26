import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { createDispatch, type Dispatch } from '../../../electron/ipc/dispatch.ts';
import { createHandlers } from '../../../electron/ipc/handlers.ts';
import { eventChannel } from '../../../electron/ipc/bridge.ts';
import { APP_ORIGIN } from '../../../electron/ipc/sender-policy.ts';
import { after } from '../../../electron/platform/system.ts';
import type { Services } from '../../../electron/services.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { failure } from '../../../shared/errors.ts';
import { CHANNELS, type Channel, type Snapshot } from '../../../shared/contract.ts';
import { err, ok } from '../../../shared/result.ts';
import { LANGUAGES, type Language } from '../../../shared/settings.ts';
import { reportSchema, type DiagnosisReport } from '../../../shared/support/report.ts';
import * as v from 'valibot';
import { BINDING, initScript, type Delivery, type PageMessage } from '../../host/page-shim.ts';
import { openPrepared } from '../../e2e/screens/window.ts';

/*
 * The window in front of an application in which a fault was planted: the built renderer and the built preload in a real
 * browser. What the page asks goes the way of every request, with its checks, to the services of that application.
 */

const PRELOAD = path.resolve(import.meta.dirname, '../../../dist/preload/preload.cjs');
const CONTENTS = 1;
const SENDER = {
  webContentsId: CONTENTS,
  frame: { isMainFrame: true, isDetached: false, origin: APP_ORIGIN, url: `${APP_ORIGIN}/` },
};

/** What a person reads at the top of the diagnosis. */
export interface Seen {
  readonly title: string;
  /** Sentence and advice of the first cause, each as one line; empty where there is none. */
  readonly sentence: string;
  readonly nextAction: string;
  /** Caption of the button beside it; null where there is none. */
  readonly button: string | null;
  /** Whether the sentence is in the window without scrolling. */
  readonly isInView: boolean;
  /** First line under what is good to know; empty where there is none. */
  readonly known: string;
}

interface Look {
  /** What the window was answered. */
  readonly report: DiagnosisReport;
  readonly seen: Readonly<Record<Language, Seen>>;
  /** What the page complained about meanwhile: errors, and violations of its policy. */
  readonly complaints: readonly string[];
}

export interface FaultWindow {
  /** Opens the window on an application and has it diagnosed, by the buttons that a person presses. */
  readonly look: (services: Services) => Promise<Look>;
}

/** What carries messages between the page and the application that is looked at now. */
function createLine() {
  let dispatch: Dispatch | null = null;
  let report: DiagnosisReport | null = null;
  let queue: Delivery[] = [];
  let wake = () => {};
  const deliver = (event: 'snapshot' | 'diagnosis', payload: unknown) => {
    queue.push({ channel: eventChannel(event), args: [payload] });
    wake();
  };
  const next = async () => {
    if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    const given = queue;
    queue = [];
    return given;
  };
  const invoke = async (channel: Channel, args: readonly unknown[]) => {
    const answer = dispatch === null ? err(failure('internal')) : await dispatch(channel, SENDER, args);
    if (channel === 'support.diagnose' && answer.ok) report = v.parse(reportSchema, answer.value);
    return { ok: true, value: answer };
  };
  return {
    deliver,
    hear: (message: PageMessage): Promise<unknown> => {
      if (message.kind === 'next') return next();
      const { channel, args } = message.kind === 'invoke' ? message : { channel: '', args: [] };
      const known = (Object.keys(CHANNELS) as Channel[]).find((name) => name === channel);
      return known === undefined ? Promise.resolve(null) : invoke(known, args);
    },
    /** Joins the page to other services; nothing of the ones before reaches it any more. */
    join: (services: Services) => {
      queue = [];
      report = null;
      const handlers = createHandlers({
        services,
        openLink: () => Promise.resolve(ok({})),
        tellCheck: (check) => deliver('diagnosis', check),
        takeDeepLink: () => null,
        takeOpenedFile: () => null,
        saveFile: () => Promise.resolve(err(failure('cancelled'))),
      });
      dispatch = createDispatch({ handlers, trustedContents: () => CONTENTS, log: SILENT, after });
      return services.onChange((snapshot) => deliver('snapshot', snapshot));
    },
    report: () => report,
  };
}

/** Opens a window; it is kept for one application after the other. */
export async function openFaultWindow(browser: Browser): Promise<FaultWindow> {
  const line = createLine();
  const { page, complaints } = await openPrepared(browser, async (blank) => {
    await blank.exposeBinding(BINDING, (_source, message: PageMessage) => line.hear(message));
    await blank.addInitScript({ content: initScript(readFileSync(PRELOAD, 'utf8')) });
  });
  const look = async (services: Services): Promise<Look> => {
    const before = complaints.length;
    const leave = line.join(services);
    try {
      await page.reload();
      await diagnose(page);
    } finally {
      leave();
    }
    const snapshot = await services.glance();
    const report = line.report();
    if (report === null) throw new Error('the window was given no report');
    const read = async (language: Language): Promise<Seen> => {
      line.deliver('snapshot', speaking(snapshot, language));
      await page.locator(`html[lang=${language}]`).waitFor();
      return await readVerdict(page);
    };
    const seen = { en: await read('en'), de: await read('de'), ar: await read('ar') };
    return { report, seen, complaints: complaints.slice(before) };
  };
  return { look };
}

/** The same in another language, and later than anything that is shown. */
function speaking(snapshot: Snapshot, locale: Language): Snapshot {
  const sequence = Number.MAX_SAFE_INTEGER - LANGUAGES.length + LANGUAGES.indexOf(locale);
  return { ...snapshot, sequence, application: { ...snapshot.application, locale } };
}

async function diagnose(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await page.getByRole('button', { name: 'Find out why…' }).click();
  await page.getByRole('button', { name: 'Copy summary' }).waitFor();
}

async function readVerdict(page: Page): Promise<Seen> {
  return await page.evaluate(() => {
    const textOf = (element: Element | null | undefined) =>
      element instanceof HTMLElement ? element.innerText.replaceAll(/\s+/g, ' ').trim() : '';
    const verdict = document.querySelector('.diagnosis-verdict');
    const first = verdict?.querySelector('.callout');
    const sentence = first?.querySelector('.callout-sentence');
    const { top = -1, bottom = Infinity } = sentence?.getBoundingClientRect() ?? {};
    const button = first?.querySelector('button');
    return {
      title: textOf(document.querySelector('h1')),
      sentence: textOf(sentence),
      nextAction: textOf(first?.querySelector('.callout-text p:nth-child(2)')),
      button: button === null || button === undefined ? null : textOf(button),
      isInView: top >= 0 && bottom <= globalThis.innerHeight,
      known: textOf(verdict?.querySelector('.note')),
    };
  });
}
