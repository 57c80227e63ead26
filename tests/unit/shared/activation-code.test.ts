import { describe, expect, it } from 'vitest';
import {
  LONGEST_CODE,
  looksLikeActivationCode,
  normalizeActivationCode,
} from '../../../shared/license/activation-code.ts';

const CODE = 'SST-7KQ4-M2XD-9HTB-WE3R';

describe('normalizeActivationCode', () => {
  it.each([
    ['sst-7kq4-m2xd-9htb-we3r', CODE, 'lower case'],
    ['  SST 7KQ4 M2XD 9HTB WE3R\n', CODE, 'spaces for dashes'],
    ['SST-7KQ4-M2XD-\r\n9HTB-WE3R', CODE, 'a line break'],
    ['SST7KQ4M2XD9HTBWE3R', CODE, 'no dashes'],
    ['7KQ4M2XD9HTBWE3R', '7KQ4-M2XD-9HTB-WE3R', 'no dashes and no prefix'],
    ['SST_7KQ4_M2XD_9HTB_WE3R', CODE, 'underscores'],
    ['SST–7KQ4—M2XD−9HTB‑WE3R', CODE, 'dashes that a text program made pretty'],
    ['“SST-7KQ4-M2XD-9HTB-WE3R”', CODE, 'quotes'],
    ['<SST-7KQ4-M2XD-9HTB-WE3R>.', CODE, 'the end of a sentence'],
    ['\u200eSST-7KQ4\u00a0-\u200bM2\u00adXD-9HTB-WE3R\ufeff', CODE, 'invisible characters'],
    ['ＳＳＴ－７ＫＱ４－Ｍ２ＸＤ－９ＨＴＢ－ＷＥ３Ｒ', CODE, 'full-width letters'],
    ['-SST--7KQ4-', 'SST-7KQ4', 'dashes too many'],
  ])('reads %j as %s (%s)', (typed, normalized) => {
    expect(normalizeActivationCode(typed)).toBe(normalized);
  });

  it('leaves what can’t be part of a code for the person to see', () => {
    expect(normalizeActivationCode('SST/7KQ4?')).toBe('SST/7KQ4?');
  });

  it('does not group what is too short or already grouped', () => {
    expect(normalizeActivationCode('ABCDEFGH')).toBe('ABCDEFGH');
    expect(normalizeActivationCode('ABCDE-FGHIJ-KLMNO-PQRST')).toBe('ABCDE-FGHIJ-KLMNO-PQRST');
    expect(normalizeActivationCode('ABCDE FGHIJ KLMNO P')).toBe('ABCDE-FGHIJ-KLMNO-P');
  });

  it('never takes one letter for another', () => {
    expect(normalizeActivationCode('O0I1-L1S5-B8Z2-O0O0')).toBe('O0I1-L1S5-B8Z2-O0O0');
  });

  it('changes nothing the second time', () => {
    for (const typed of ['sst7kq4m2xd9htbwe3r', 'a b–c', '', '---', ' . ', 'SST/7KQ4?', 'ß-ŉ']) {
      const once = normalizeActivationCode(typed);
      expect(normalizeActivationCode(once)).toBe(once);
    }
  });
});

describe('looksLikeActivationCode', () => {
  it.each([CODE, 'ABCDEFGH', 'ABCD-1234', 'A'.repeat(LONGEST_CODE)])('takes %s', (code) => {
    expect(looksLikeActivationCode(code)).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    ['1234', 'an order number'],
    ['AB-CD-EF-GH', 'no group that is long enough'],
    ['SST/7KQ4?M2XD', 'signs that no code has'],
    ['-ABCD-1234', 'not normalized'],
    ['A'.repeat(LONGEST_CODE + 1), 'too long'],
  ])('refuses %j (%s)', (code) => {
    expect(looksLikeActivationCode(code)).toBe(false);
  });
});
