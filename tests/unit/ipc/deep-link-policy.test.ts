import { describe, expect, it } from 'vitest';
import { findDeepLink, parseDeepLink } from '../../../electron/ipc/deep-link-policy.ts';
import { PRODUCT } from './samples.ts';

const parse = (text: string) => parseDeepLink(text, [PRODUCT]);

describe('parseDeepLink', () => {
  it.each([
    [`latchkey://activate?product=${PRODUCT}&code=ACME-1234-5678`, PRODUCT, 'ACME-1234-5678'],
    [`latchkey://activate/?code=acme%201234%205678`, null, 'ACME-1234-5678'],
    [`LATCHKEY://activate?product=${PRODUCT}`, PRODUCT, null],
    ['latchkey://activate', null, null],
  ])('reads %s', (text, productId, code) => {
    expect(parse(text)).toEqual({ productId, code });
  });

  it.each([
    ['another scheme', `https://activate?product=${PRODUCT}`],
    ['another verb', `latchkey://deactivate?product=${PRODUCT}`],
    ['a path', `latchkey://activate/now?product=${PRODUCT}`],
    ['a user name', `latchkey://me@activate?product=${PRODUCT}`],
    ['a port', `latchkey://activate:80?product=${PRODUCT}`],
    ['a fragment', `latchkey://activate?product=${PRODUCT}#x`],
    ['an unknown parameter', `latchkey://activate?product=${PRODUCT}&server=https://evil.example`],
    ['a repeated parameter', 'latchkey://activate?code=ACME-1234-5678&code=ACME-1234-5679'],
    ['a product of somebody else', 'latchkey://activate?product=prod_ZZZZZZZZZZZZZZZZZZZZZZ'],
    ['a code with markup', 'latchkey://activate?code=%3Cimg%20src%3Dx%3E12345678'],
    ['an empty code', 'latchkey://activate?code='],
    ['a code that is too long', `latchkey://activate?code=${'A'.repeat(65)}`],
    ['an endless link', `latchkey://activate?code=${'A'.repeat(5000)}`],
    ['no address', 'latchkey:'],
    ['nothing', ''],
  ])('refuses %s', (_name, text) => {
    expect(parse(text)).toBeNull();
  });
});

describe('findDeepLink', () => {
  it('finds the link among other arguments', () => {
    expect(findDeepLink(['--flag', 'Latchkey://activate', 'latchkey://other'])).toBe('Latchkey://activate');
  });

  it('finds none where none is', () => {
    expect(findDeepLink(['--profile', 'latchkey.json', 'https://latchkey://'])).toBeNull();
  });
});
