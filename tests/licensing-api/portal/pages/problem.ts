import { html } from '../../../../shared/support/html.ts';
import { page, type Frame } from '../layout.ts';
import type { Problem } from '../problems.ts';

/** Something that did not work. @param from where the visitor came from */
export function problemPage(frame: Frame, problem: Problem, from: 'start' | 'activations' = 'start'): string {
  const back =
    from === 'activations'
      ? html`<a class="button" href="${frame.base}/activations">Back to activations</a>`
      : html`<a class="button" href="${frame.base}">Back to the start</a>`;
  return page(
    frame,
    problem.title,
    html`<div class="problem">
      <h1>${problem.title}</h1>
      <p class="lead">${problem.text}</p>
      <p class="next"><strong>What to do:</strong> ${problem.next}</p>
      <p>${back}</p>
    </div>`,
  );
}
