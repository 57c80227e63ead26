import { html, type Html } from '../../../shared/support/html.ts';

/** The little Markdown that descriptions use: paragraphs, `code`, **strong words** and addresses. */

const PIECES = /`([^`]+)`|\*\*([^*]+)\*\*|(https:\/\/[^\s)]+[^\s).,])/g;

/** One line of prose. */
export function inline(text: string): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const match of text.matchAll(PIECES)) {
    const [whole, code, strong, address] = match;
    parts.push(html`${text.slice(at, match.index)}`);
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (strong !== undefined) parts.push(html`<strong>${strong}</strong>`);
    else parts.push(html`<a href="${address ?? ''}" rel="noreferrer">${address ?? ''}</a>`);
    at = match.index + whole.length;
  }
  return html`${[...parts, html`${text.slice(at)}`]}`;
}

/** Prose with paragraphs. */
export function prose(text: string | undefined): Html {
  const paragraphs = (text ?? '').trim().split(/\n\s*\n/);
  return html`${paragraphs
    .filter((it) => it !== '')
    .map((it) => html`<p>${inline(it.replaceAll(/\s*\n\s*/g, ' '))}</p>`)}`;
}
