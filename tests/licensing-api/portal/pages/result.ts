import { DEMO_BRAND } from '../../demo.ts';
import type { Answered, Freed } from '../../offline/exchange.ts';
import { NEVER } from '../../policy/period.ts';
import { html, type Html } from '../../../../shared/support/html.ts';
import { page, time, type Frame } from '../layout.ts';
import { deviceName } from './activations.ts';

/** What the page about a token shows besides the token itself. */
export interface ResultFacts {
  /** Address of the page; those of the file and the codes are below it. */
  readonly address: string;
  readonly fileName: string;
  readonly armored: string;
  /** How many QR codes it takes; null = too many. */
  readonly codes: number | null;
}

const back = (frame: Frame): Html =>
  frame.signedIn
    ? html`<p class="after"><a href="${frame.base}/activations">Back to activations</a></p>`
    : html`<p class="after"><a href="${frame.base}">Bring another file</a></p>`;

function codesLink(facts: ResultFacts): Html {
  if (facts.codes === null) return html`<p>It is too large for QR codes.</p>`;
  return html`<p>
    <a href="${facts.address}/codes">Show as QR codes</a> (${facts.codes}
    ${facts.codes === 1 ? 'code' : 'codes'})
  </p>`;
}

/** A response or a refresh, to be carried to the device. */
export function answerPage(frame: Frame, result: Answered, facts: ResultFacts): string {
  const { application } = DEMO_BRAND;
  const isRefresh = result.kind === 'refresh';
  const name = isRefresh ? 'refresh' : 'response';
  const { leaseExpiry } = result.activation;
  return page(
    frame,
    `Your ${name} is ready`,
    html`<h1>Your ${name} is ready</h1>
      <p class="lead">
        For <strong>${deviceName(result.activation)}</strong>. With it the device is licensed
        ${leaseExpiry >= NEVER ? html`without an end` : html`until ${time(leaseExpiry)}`}.
      </p>
      <ol class="steps">
        <li>
          <h2>Download it</h2>
          <p>
            <a class="button" href="${facts.address}/file" download="${facts.fileName}">Download ${name}</a>
          </p>
          <p class="hint"><code>${facts.fileName}</code></p>
        </li>
        <li>
          <h2>Carry it to the device</h2>
          <p>On a USB stick, for example. Nobody but this device can read it.</p>
        </li>
        <li>
          <h2>Open it in ${application}</h2>
          <p>Drop the file into the window there, or choose it under “Offline”.</p>
        </li>
      </ol>
      <section class="card quiet" aria-labelledby="other">
        <h2 id="other">Other ways to carry it</h2>
        ${codesLink(facts)}
        <details>
          <summary>Show as text</summary>
          <div class="field">
            <label for="answer">${isRefresh ? 'Refresh' : 'Response'} as text</label>
            <textarea id="answer" rows="10" readonly spellcheck="false">${facts.armored}</textarea>
          </div>
          <p data-enhanced="copy" hidden>
            <button class="secondary" type="button" id="copy">Copy text</button>
            <span role="status" id="copied"></span>
          </p>
        </details>
      </section>
      ${back(frame)}`,
  );
}

const FREED: Readonly<Record<'now' | NonNullable<Freed['before']>, string>> = {
  now: 'The seat is free',
  deactivated: 'This seat is already free',
  released: 'This seat is already free',
  takenAgain: 'The device has taken this seat again',
};

/** What became of a deactivation. Bringing it again is no mistake worth a warning. */
export function freedPage(
  frame: Frame,
  result: Freed,
  seats: { readonly used: number; readonly count: number },
): string {
  const { application } = DEMO_BRAND;
  const title = FREED[result.before ?? 'now'];
  const name = html`<strong>${deviceName(result.activation)}</strong>`;
  const text = {
    now: html`${name} has given its seat back.`,
    deactivated: html`${name} gave it back before. There is nothing left to do.`,
    released: html`The vendor released the seat of ${name} before. There is nothing left to do.`,
    takenAgain: html`${name} gave it back, and took it again by a later request. It stays taken.`,
  }[result.before ?? 'now'];
  return page(
    frame,
    title,
    html`<h1>${title}</h1>
      <p class="lead">
        ${text} ${seats.used} of ${seats.count} ${seats.count === 1 ? 'seat is' : 'seats are'} used.
      </p>
      <p>In ${application} on the device you can now remove the receipt of this deactivation.</p>
      ${back(frame)}`,
  );
}

/** Every code of a token, large enough for a phone. */
export function codesPage(
  frame: Frame,
  result: Answered,
  facts: { readonly address: string; readonly count: number },
): string {
  const name = result.kind === 'refresh' ? 'Refresh' : 'Response';
  const { address, count } = facts;
  const codes = Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const source = `${address}/codes/${number}`;
    return html`<li>
      <figure>
        <img src="${source}.svg" alt="QR code ${number} of ${count}" width="480" height="480" />
        <figcaption>
          <span>${number} of ${count}</span>
          <a href="${source}.gif" download>Save picture<span class="visually-hidden"> ${number}</span></a>
        </figcaption>
      </figure>
    </li>`;
  });
  // A computer without a network has no camera as a rule: what reaches it are pictures.
  const { application } = DEMO_BRAND;
  const lead =
    count === 1
      ? `Take a picture of this code, or save it. ${application} on the device reads the picture.`
      : `Take a picture of each of these ${count} codes, or save them. ${application} on the device reads the pictures, in any order.`;
  return page(
    frame,
    `${name} as QR codes`,
    html`<h1>${name} as QR codes</h1>
      <p class="lead">${lead}</p>
      <ol class="codes">
        ${codes}
      </ol>
      <p class="after"><a href="${address}">Back to the ${name.toLowerCase()}</a></p>`,
  );
}
