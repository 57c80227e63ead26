import { encodeQR } from 'qr';
import { refuse } from '../answer.ts';
import { armor } from '../offline/armor.ts';
import { exchangeGuarded } from '../offline/doors.ts';
import type { Answered } from '../offline/exchange.ts';
import { joinCodes, splitIntoCodes } from '../offline/qr-series.ts';
import { seatsUsed } from '../policy/seats.ts';
import { deviceName } from './pages/activations.ts';
import { homePage } from './pages/home.ts';
import { problemPage } from './pages/problem.ts';
import { answerPage, codesPage, freedPage } from './pages/result.ts';
import { NOTHING_GIVEN, NOT_FOUND, WRONG_CODES, missingCodes, type Problem } from './problems.ts';
import type { Result } from './results.ts';
import { htmlReply, redirect, refusalReply, type Reply, type Visit } from './visit.ts';

/** Tokens that are brought, and what is carried back. Needs no sign-in. */

/** The token in a form; a problem where there is none yet. */
function tokenOf(visit: Visit): { readonly text: string } | { readonly problem: Problem } {
  const { file, fields } = visit.form;
  const text = file ?? fields['text'] ?? '';
  if (text.trim() === '') return { problem: NOTHING_GIVEN };
  const joined = joinCodes(text);
  if (joined.kind === 'none') return { text };
  if (joined.kind === 'wrong') return { problem: WRONG_CODES };
  if (joined.kind === 'incomplete') return { problem: missingCodes(joined.missing, joined.count) };
  return { text: joined.jwe };
}

export async function bringToken(visit: Visit): Promise<Reply> {
  if (visit.form.tooLarge) return refusalReply(visit, refuse('tokenTooLarge', 'The form is too large.'));
  const token = tokenOf(visit);
  if ('problem' in token) {
    const upload = { problem: token.problem, text: visit.form.fields['text'] ?? '' };
    return htmlReply(homePage(visit.frame, { upload }), 422);
  }
  const result = await exchangeGuarded(visit.context, visit.address, token.text);
  if (result.kind === 'refused') return refusalReply(visit, result.refusal);
  return redirect(`${visit.frame.base}/answers/${visit.results.keep(visit.visitor.id, result, visit.now)}`);
}

const EXTENSIONS = { 'activation-response': 'lkresponse', refresh: 'lkrefresh' } as const;

/** The device's name as far as every file system takes it. */
function slug(result: Answered): string {
  const plain = deviceName(result.activation).normalize('NFKD').toLowerCase();
  const name = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'device' : name.slice(0, 40);
}

const fileNameOf = (result: Answered) => `${slug(result)}.${EXTENSIONS[result.kind]}`;

function armored(visit: Visit, result: Answered): string {
  const products = visit.context.store.settings.products();
  const product = products.find((it) => it.id === result.entitlement.productId);
  return armor(result.kind, result.token, {
    Product: product?.name ?? '',
    Made: new Date(result.issued).toISOString(),
  });
}

const find = (visit: Visit): Result | null =>
  visit.results.find(visit.visitor.id, visit.param('id'), visit.now);

const nothing = (visit: Visit) => htmlReply(problemPage(visit.frame, NOT_FOUND), 404);

/** Runs work on the answer that an address names, if it is the visitor's and is one that is carried back. */
function onAnswer(visit: Visit, work: (result: Answered) => Reply): Reply {
  const result = find(visit);
  return result === null || result.kind === 'deactivation' ? nothing(visit) : work(result);
}

export function showResult(visit: Visit): Reply {
  const result = find(visit);
  if (result?.kind === 'deactivation') {
    const { terms, id } = result.entitlement;
    const live = visit.context.store.activations.live(id);
    const seats = { used: seatsUsed(live, terms.lingerPeriod, visit.now), count: terms.seatCount };
    return htmlReply(freedPage(visit.frame, result, seats));
  }
  return onAnswer(visit, (answered) =>
    htmlReply(
      answerPage(visit.frame, answered, {
        address: `${visit.frame.base}/answers/${visit.param('id')}`,
        fileName: fileNameOf(answered),
        armored: armored(visit, answered),
        codes: splitIntoCodes(answered.token)?.length ?? null,
      }),
    ),
  );
}

const download = (fileName: string) => ({ 'Content-Disposition': `attachment; filename="${fileName}"` });

export const downloadAnswer = (visit: Visit): Reply =>
  onAnswer(visit, (result) => ({
    status: 200,
    body: armored(visit, result),
    // Not text: a phone would add .txt to the name.
    headers: { 'Content-Type': 'application/octet-stream', ...download(fileNameOf(result)) },
  }));

export const showCodes = (visit: Visit): Reply =>
  onAnswer(visit, (result) => {
    const codes = splitIntoCodes(result.token);
    const address = `${visit.frame.base}/answers/${visit.param('id')}`;
    return codes === null
      ? nothing(visit)
      : htmlReply(codesPage(visit.frame, result, { address, count: codes.length }));
  });

/** One code, `3.svg` to be shown or `3.gif` to be saved: both without JavaScript. */
export const showCode = (visit: Visit): Reply =>
  onAnswer(visit, (result) => {
    const [, number = '', type = ''] = /^(\d{1,2})\.(svg|gif)$/.exec(visit.param('code')) ?? [];
    const codes = splitIntoCodes(result.token);
    const text = codes?.[Number(number) - 1];
    if (codes === null || text === undefined) return nothing(visit);
    if (type === 'svg') {
      const body = encodeQR(text, 'svg', { ecc: 'low', border: 4 });
      return { status: 200, body, headers: { 'Content-Type': 'image/svg+xml' } };
    }
    const name = `${slug(result)}-${result.kind === 'refresh' ? 'refresh' : 'response'}-${number}-of-${codes.length}.gif`;
    const body = encodeQR(text, 'gif', { ecc: 'low', border: 4, scale: 6 });
    return { status: 200, body, headers: { 'Content-Type': 'image/gif', ...download(name) } };
  });
