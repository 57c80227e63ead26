import { DEMO_BRAND } from '../../demo.ts';
import { html, type Html } from '../../../../shared/support/html.ts';
import { hiddenCsrf, page, type Frame } from '../layout.ts';
import type { Problem } from '../problems.ts';

export interface HomeState {
  /** Why an upload was not taken, with the text that was pasted, so that it can be completed. */
  readonly upload?: { readonly problem: Problem; readonly text: string };
  /** Why a sign-in was not taken, with the code, so that one wrong character can be put right. */
  readonly signIn?: { readonly problem: Problem; readonly code: string };
  /** Why a sign-in with an account was not taken, with the name. */
  readonly account?: { readonly problem: Problem; readonly username: string };
  /** Whether the vendor has accounts at all. */
  readonly hasAccounts?: boolean;
}

const alert = (problem: Problem | undefined, id: string): Html =>
  problem === undefined
    ? html``
    : html`<div class="alert" role="alert" id="${id}">
        <strong>${problem.title}.</strong> ${problem.text} ${problem.next}
      </div>`;

const UPLOAD_HINT = 'upload-hint';

function uploadForm(frame: Frame, upload: HomeState['upload']): Html {
  const described = upload === undefined ? UPLOAD_HINT : `upload-problem ${UPLOAD_HINT}`;
  return html`<form method="post" action="${frame.base}/tokens" enctype="multipart/form-data">
    ${hiddenCsrf(frame)} ${alert(upload?.problem, 'upload-problem')}
    <div class="field">
      <label for="file">File from ${DEMO_BRAND.application}</label>
      <input id="file" name="file" type="file" aria-describedby="${described}" />
      <p class="hint" id="${UPLOAD_HINT}">
        Its name ends in <code>.lkrequest</code> or <code>.lkdeactivation</code>.
      </p>
    </div>
    <div class="field">
      <label for="text">Or paste it as text</label>
      <textarea
        id="text"
        name="text"
        rows="4"
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        aria-describedby="text-hint"
      >
${upload?.text ?? ''}</textarea>
      <p class="hint" id="text-hint">
        What a phone read from QR codes can be pasted here too, all codes one after the other.
      </p>
    </div>
    <div class="field" data-enhanced="qr" hidden>
      <label for="pictures">Or choose pictures of its QR codes</label>
      <input id="pictures" type="file" accept="image/*" multiple aria-describedby="pictures-hint" />
      <p class="hint" id="pictures-hint">They are read in your browser; the text above is filled in.</p>
      <p role="status" id="pictures-status"></p>
    </div>
    <button type="submit">Continue</button>
  </form>`;
}

function signInForm(frame: Frame, signIn: HomeState['signIn']): Html {
  if (frame.signedIn) {
    return html`<p>You are signed in.</p>
      <p><a class="button secondary" href="${frame.base}/activations">Show activations</a></p>`;
  }
  const invalid = signIn === undefined ? html`` : html`aria-invalid="true"`;
  const described = signIn === undefined ? 'code-hint' : 'code-problem code-hint';
  return html`<form method="post" action="${frame.base}/session">
    ${hiddenCsrf(frame)} ${alert(signIn?.problem, 'code-problem')}
    <div class="field">
      <label for="code">Activation code</label>
      <input
        class="code"
        id="code"
        name="code"
        type="text"
        value="${signIn?.code ?? ''}"
        required
        maxlength="100"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        placeholder="ORBIT-XXXX-XXXX-XXXX-XXXX"
        aria-describedby="${described}"
        ${invalid}
      />
      <p class="hint" id="code-hint">It came with your order.</p>
    </div>
    <button class="secondary" type="submit">Sign in</button>
  </form>`;
}

function accountForm(frame: Frame, account: HomeState['account']): Html {
  const invalid =
    account === undefined ? html`` : html`aria-invalid="true" aria-describedby="account-problem"`;
  return html`<form class="other" method="post" action="${frame.base}/session">
    ${hiddenCsrf(frame)}
    <h3>Or with your account</h3>
    ${alert(account?.problem, 'account-problem')}
    <div class="field">
      <label for="username">User name</label>
      <input
        id="username"
        name="username"
        type="text"
        value="${account?.username ?? ''}"
        required
        maxlength="254"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        ${invalid}
      />
    </div>
    <div class="field">
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        required
        maxlength="1024"
        autocomplete="current-password"
        ${invalid}
      />
    </div>
    <button class="secondary" type="submit">Sign in with account</button>
  </form>`;
}

/** The start: bring a file, or sign in. */
export function homePage(frame: Frame, state: HomeState = {}): string {
  const { application } = DEMO_BRAND;
  return page(
    frame,
    'License portal',
    html`<h1>Licenses for devices without a network</h1>
      <p class="lead">
        Bring the file that ${application} made on the device. You get the answer to carry back, at once and
        without an account.
      </p>
      <div class="columns">
        <section class="card" aria-labelledby="bring">
          <h2 id="bring">Bring a file</h2>
          ${uploadForm(frame, state.upload)}
        </section>
        <section class="card quiet" aria-labelledby="see">
          <h2 id="see">See activations</h2>
          <p>Who uses your seats, and refreshes for devices whose lease ends soon.</p>
          ${signInForm(frame, state.signIn)}
          ${state.hasAccounts === true && !frame.signedIn ? accountForm(frame, state.account) : null}
        </section>
      </div>`,
  );
}
