import type { Instant } from '../../../../shared/license/types.ts';
import { DEMO_BRAND } from '../../demo.ts';
import { leaseStatus } from '../../policy/lease.ts';
import { NEVER } from '../../policy/period.ts';
import type { StoredActivation } from '../../store/activations.ts';
import type { DeviceKeys } from '../../store/offline.ts';
import { html, type Html } from '../../../../shared/support/html.ts';
import { date, hiddenCsrf, page, time, type Frame } from '../layout.ts';

export interface ListedActivation {
  readonly activation: StoredActivation;
  /** Of an offline one, newest first. */
  readonly keys: readonly DeviceKeys[];
}

export interface Listed {
  readonly offeringName: string;
  readonly productName: string;
  readonly seatsUsed: number;
  readonly seatCount: number;
  /** null = never */
  readonly expiry: Instant | null;
  readonly status: string;
  readonly activations: readonly ListedActivation[];
}

const STATUS_NAMES: Readonly<Record<string, string>> = {
  active: 'Active',
  gracePeriod: 'In its grace period',
  expired: 'Ended',
  disabled: 'Disabled',
  created: 'Not started',
};

/** The name of a device for people; some devices give none. */
export const deviceName = (activation: StoredActivation): string =>
  activation.seatName === null || activation.seatName.trim() === '' ? activation.seatId : activation.seatName;

function keyChoice(activation: StoredActivation, keys: readonly DeviceKeys[]): Html {
  if (keys.length < 2) return html``;
  // Several requests were answered, and only the device knows which response it applied.
  const id = `key-${activation.id}`;
  const options = keys.map(
    (it, index) =>
      html`<option value="${it.encryptKid}">
        Request of ${new Date(it.requestMade).toISOString().slice(0, 16).replace('T', ' ')}
        UTC${index === 0 ? ' (newest)' : ''}
      </option>`,
  );
  return html`<div class="field">
    <label for="${id}">Which request was answered on the device?</label>
    <select id="${id}" name="deviceKid">
      ${options}
    </select>
  </div>`;
}

function refreshForm(frame: Frame, { activation, keys }: ListedActivation): Html {
  if (activation.mode !== 'offline') return html``;
  return html`<form class="refresh" method="post" action="${frame.base}/activations/${activation.id}/refresh">
    ${hiddenCsrf(frame)} ${keyChoice(activation, keys)}
    <button class="secondary" type="submit">
      Get refresh<span class="visually-hidden"> for ${deviceName(activation)}</span>
    </button>
  </form>`;
}

function item(frame: Frame, listed: ListedActivation, now: Instant, isOnly: boolean): Html {
  const { activation } = listed;
  const isActive = leaseStatus(activation.leaseExpiry, now) === 'active';
  const end = activation.leaseExpiry >= NEVER ? html`no end` : time(activation.leaseExpiry);
  return html`<li class="card">
    <div class="device">
      ${isOnly ? html`<h2>${deviceName(activation)}</h2>` : html`<h3>${deviceName(activation)}</h3>`}
      <p class="tags">
        <span class="tag ${isActive ? 'good' : 'bad'}">${isActive ? 'Active' : 'Lease ended'}</span>
        <span class="tag">${activation.mode === 'offline' ? 'Offline' : 'Online'}</span>
      </p>
    </div>
    <dl>
      <div>
        <dt>${isActive ? 'Lease until' : 'Lease ended'}</dt>
        <dd>${end}</dd>
      </div>
      <div>
        <dt>Activated</dt>
        <dd>${date(activation.activated)}</dd>
      </div>
      <div>
        <dt>Seat</dt>
        <dd><code>${activation.seatId}</code></dd>
      </div>
    </dl>
    ${refreshForm(frame, listed)}
  </li>`;
}

/** One license: its seats, its end, its devices. @param isOnly whether the page is about nothing else */
function license(frame: Frame, listed: Listed, now: Instant, isOnly: boolean): Html {
  const { seatsUsed, seatCount, activations } = listed;
  const seats = html`<strong>${seatsUsed} of ${seatCount}</strong> ${seatCount === 1 ? 'seat' : 'seats'} used`;
  const none = html`<p>Seats appear here as soon as ${DEMO_BRAND.application} is activated on a device.</p>`;
  const list =
    activations.length === 0
      ? html`<section class="card quiet">
          ${isOnly ? html`<h2>No device yet</h2>` : html`<h3>No device yet</h3>`} ${none}
        </section>`
      : html`<ul class="list">
          ${activations.map((it) => item(frame, it, now, isOnly))}
        </ul>`;
  return html`<div class="summary">
      <p>${seats}</p>
      <meter
        min="0"
        max="${Math.max(seatCount, seatsUsed)}"
        value="${seatsUsed}"
        aria-label="Seats used"
      ></meter>
      <p>
        ${STATUS_NAMES[listed.status] ?? listed.status}${
          listed.expiry === null ? html`, without an end` : html`, until ${date(listed.expiry)}`
        }
      </p>
    </div>
    ${list}`;
}

/** The activations of what the visitor is signed in for: one license, or all those of an account. */
export function activationsPage(frame: Frame, licenses: readonly Listed[], now: Instant): string {
  const [first] = licenses;
  const about =
    first === undefined
      ? html`<p class="lead">Your account has no license yet.</p>`
      : licenses.length === 1
        ? html`<p class="lead">${first.offeringName}</p>
            ${license(frame, first, now, true)}`
        : html`${licenses.map(
            (it) =>
              html`<section class="license">
                <h2>${it.offeringName}</h2>
                ${license(frame, it, now, false)}
              </section>`,
          )}`;
  return page(
    frame,
    'Activations',
    html`<h1>Activations</h1>
      ${about}
      <p class="after">
        A device gives its seat back with a deactivation file from ${DEMO_BRAND.application}.
        <a href="${frame.base}">Bring a file</a>
      </p>`,
  );
}
