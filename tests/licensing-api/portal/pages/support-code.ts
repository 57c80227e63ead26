import { html, type Html } from '../../../../shared/support/html.ts';
import { describeSupportCode } from '../../../../shared/support-code/describe.ts';
import { readSupportCode, type ReadSupportCode } from '../../../../shared/support-code/support-code.ts';
import { hiddenCsrf, page, type Frame } from '../layout.ts';

const CAPTIONS: Readonly<Record<string, string>> = {
  state: 'State',
  mode: 'Activated',
  contact: 'Last answer of the server',
  version: 'Version',
  product: 'Product',
};

/**
 * For support staff: what a support code that is read out to them means. It holds no secret, so nobody has to sign in.
 * @param typed as it was entered; null = nothing was yet
 */
export function supportCodePage(frame: Frame, typed: string | null): string {
  const read = typed === null ? null : readSupportCode(typed);
  const isUnreadable = typed !== null && read === null;
  const described = isUnreadable ? 'support-code-problem support-code-hint' : 'support-code-hint';
  return page(
    frame,
    'Support code',
    html`<h1>Read a support code</h1>
      <p class="lead">
        Every license shows one. It tells why the license is not active, and holds no secret.
      </p>
      <section class="card">
        <form method="post" action="${frame.base}/support-code">
          ${hiddenCsrf(frame)}
          ${
            isUnreadable
              ? html`<div class="alert" role="alert" id="support-code-problem">
                  <strong>This is no support code.</strong> More than one character is wrong. Have it read out
                  again: three groups of four.
                </div>`
              : null
          }
          <div class="field">
            <label for="support-code">Support code</label>
            <input
              class="code"
              id="support-code"
              name="supportCode"
              type="text"
              value="${typed ?? ''}"
              required
              maxlength="60"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck="false"
              placeholder="XXXX-XXXX-XXXX"
              aria-describedby="${described}"
              ${isUnreadable ? html`aria-invalid="true"` : null}
            />
            <p class="hint" id="support-code-hint">Twelve characters, however they are typed.</p>
          </div>
          <button type="submit">Read</button>
        </form>
      </section>
      ${read === null ? null : outcome(read)}`,
  );
}

function outcome({ code, corrected, facts }: ReadSupportCode): Html {
  const { rows, reasons } = describeSupportCode(facts, 'en');
  return html`<section aria-labelledby="outcome">
    <h2 id="outcome">${code}</h2>
    ${
      corrected
        ? html`<p role="status">One character was probably misheard: ask whether this is the code.</p>`
        : null
    }
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${CAPTIONS[name] ?? name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${reasons.length === 0 ? html`<p>Nothing is the matter with this license.</p>` : null}
    ${reasons.map(
      ({ code: reason, severity, sentence, nextAction }) =>
        html`<h3>${sentence}</h3>
          <p>${nextAction}</p>
          <p class="hint"><code>${reason}</code> (${severity})</p>`,
    )}
  </section>`;
}
