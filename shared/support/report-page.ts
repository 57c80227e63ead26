import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64 } from '../license-file/encoding.ts';
import type { Instant } from '../license/types.ts';
import { formatMessage } from '../messages/format.ts';
import { describeReason, describeState, diagnosisWords } from '../messages/index.ts';
import type { Language } from '../settings.ts';
import type { Environment } from './bundle.ts';
import { describeCause } from './causes.ts';
import { CHECK_GROUPS, CHECKS } from './checks.ts';
import { evidenceText } from './evidence-text.ts';
import { html, type Html } from './html.ts';
import { REPORT_PAGE_STYLE } from './report-page-style.ts';
import { REPORT_PAGE_WORDS } from './report-page-words.ts';
import type { DiagnosisReport } from './report.ts';

type Check = DiagnosisReport['checks'][number];
type Verdict = DiagnosisReport['verdict'][number];
type License = DiagnosisReport['licenses'][number];

export interface ReportPageSource {
  readonly report: DiagnosisReport;
  readonly environment: Environment;
  readonly language: Language;
  readonly madeAt: Instant;
}

/**
 * The report as one page that opens offline and looks the same everywhere. It runs nothing and loads nothing: its own
 * policy allows the one style sheet in it, by its digest (CSP level 3), and no more.
 */
export function reportPage({ report, environment, language, madeAt }: ReportPageSource): string {
  const words = REPORT_PAGE_WORDS[language];
  const digest = sha256(new TextEncoder().encode(REPORT_PAGE_STYLE));
  const hash = toBase64(digest);
  const { profile } = report;
  const title = profile === null ? words.title : `${words.title}: ${profile.applicationName}`;
  const page = html`<!doctype html>
    <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <main>
          <header>
            <h1>${title}</h1>
            <p>${words.madeAt} ${moment(madeAt, language)}. ${words.noSecrets}</p>
            ${report.complete ? [] : html`<p class="warning">${words.incomplete}</p>`}
          </header>
          <section>
            <h2>${words.verdict}</h2>
            ${report.verdict.some(({ severity }) => severity !== 'info') ? [] : html`<p class="card info">${diagnosisWords(language).fine}</p>`}
            ${report.verdict.map((one) => verdictPart(one, language))}
          </section>
          <section>
            <h2>${words.licenses}</h2>
            ${report.licenses.map((license) => licensePart(license, language))}
          </section>
          <section>
            <h2>${words.checks}</h2>
            ${checkGroups(report.checks, language)}
          </section>
          <section>
            <h2>${words.environment}</h2>
            ${facts([
              [words.version, `${environment.program.version} (${environment.program.process})`],
              [
                words.system,
                `${environment.system.platform} ${environment.system.release} ${environment.system.architecture}`,
              ],
              [words.runtime, runtimeText(environment.runtime)],
              [words.timeZone, environment.timeZone],
              [words.language, `${environment.language} (${environment.systemLocale})`],
              ...(profile === null ? [] : [[words.server, profile.apiHost] as const]),
            ])}
          </section>
        </main>
      </body>
    </html> `;
  return page.markup;
}

/** The digest in the policy is that of exactly these bytes. */
const STYLE: Html = { markup: `<style>${REPORT_PAGE_STYLE}</style>` };

const moment = (at: Instant, language: Language): string =>
  formatMessage('{at, date, moment}', language, { at });

function facts(rows: readonly (readonly [string, string])[]): Html {
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function verdictPart({ cause, severity, explains }: Verdict, language: Language): Html {
  const { sentence, nextAction } = describeCause(cause, language);
  const others = explains.map((other) => html`<li>${describeCause(other, language).sentence}</li>`);
  return html`<article class="card ${severity}">
    <p><strong>${sentence}</strong></p>
    <p>${nextAction}</p>
    <p class="code">${cause.code}</p>
    ${
      others.length === 0
        ? []
        : html`<p>${REPORT_PAGE_WORDS[language].explains}</p>
            <ul>
              ${others}
            </ul>`
    }
  </article> `;
}

function licensePart(license: License, language: Language): Html {
  const words = REPORT_PAGE_WORDS[language];
  const reasons = license.reasons.map((reason) => {
    const { sentence, nextAction } = describeReason(reason, language);
    return html`<li>${sentence} ${nextAction} <span class="code">${reason.code}</span></li>`;
  });
  return html`<article class="card">
    <h3>${license.productName}</h3>
    ${facts([
      [words.state, `${describeState(license.state, language)} (${license.state})`],
      [words.supportCode, license.supportCode],
      [
        words.lastContact,
        license.lastContactAt === null ? words.never : moment(license.lastContactAt, language),
      ],
    ])}
    ${
      reasons.length === 0
        ? []
        : html`<p>${words.reasons}</p>
            <ul>
              ${reasons}
            </ul>`
    }
  </article> `;
}

function checkGroups(checks: readonly Check[], language: Language): readonly Html[] {
  const words = diagnosisWords(language);
  return CHECK_GROUPS.flatMap((group) => {
    const mine = checks.filter(({ id }) => CHECKS[id] === group);
    return mine.length === 0
      ? []
      : [
          html`<h3>${words.groups[group]}</h3>
            <ul class="checks">
              ${mine.map((check) => checkPart(check, language))}
            </ul>`,
        ];
  });
}

function checkPart({ id, status, cause, evidence }: Check, language: Language): Html {
  const words = diagnosisWords(language);
  const pieces = evidence.map((piece) => {
    const { name, value } = evidenceText(piece, language);
    return [name, value] as const;
  });
  return html`<li class="${status}">
    <p>
      <span>${words.checks[id]}</span>
      <em>${words.statuses[status]}</em
      >${cause === null ? '' : html` <span class="code">${cause.code}</span>`}
    </p>
    ${pieces.length === 0 ? [] : facts(pieces)}
  </li> `;
}

function runtimeText({ node, electron, chromium }: Environment['runtime']): string {
  const parts = [['Electron', electron] as const, ['Chromium', chromium] as const, ['Node', node] as const];
  return parts.flatMap(([name, version]) => (version === null ? [] : [`${name} ${version}`])).join(', ');
}
