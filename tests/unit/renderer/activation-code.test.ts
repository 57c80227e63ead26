import { describe, expect, it } from 'vitest';
import { tidyCode } from '../../../renderer/format/activation-code.ts';

describe('tidyCode', () => {
  it.each([
    ['sst-7kq4-m2xd-9htb-we3r', 'SST-7KQ4-M2XD-9HTB-WE3R', 'lower case'],
    ['  SST 7KQ4 M2XD 9HTB WE3R\n', 'SST-7KQ4-M2XD-9HTB-WE3R', 'spaces for dashes'],
    ['SST7KQ4M2XD9HTBWE3R', 'SST-7KQ4-M2XD-9HTB-WE3R', 'no dashes'],
    ['7KQ4M2XD9HTBWE3R', '7KQ4-M2XD-9HTB-WE3R', 'no dashes and no prefix'],
    ['SST–7KQ4—M2XD−9HTB‑WE3R', 'SST-7KQ4-M2XD-9HTB-WE3R', 'dashes that a text program made pretty'],
    ['“SST-7KQ4-M2XD-9HTB-WE3R”', 'SST-7KQ4-M2XD-9HTB-WE3R', 'quotes'],
    ['\u200eSST-7KQ4\u00a0-\u200bM2XD-9HTB-WE3R\ufeff', 'SST-7KQ4-M2XD-9HTB-WE3R', 'invisible characters'],
    ['ＳＳＴ－７ＫＱ４－Ｍ２ＸＤ－９ＨＴＢ－ＷＥ３Ｒ', 'SST-7KQ4-M2XD-9HTB-WE3R', 'full-width letters'],
    ['-SST--7KQ4-', 'SST-7KQ4', 'dashes too many'],
  ])('reads %j as %s (%s)', (typed, tidy) => {
    expect(tidyCode(typed)).toBe(tidy);
  });

  it('leaves what can’t be part of a code for the person to see', () => {
    expect(tidyCode('SST/7KQ4?')).toBe('SST/7KQ4?');
  });

  it('does not group what is too short or already grouped', () => {
    expect(tidyCode('ABCDEFGH')).toBe('ABCDEFGH');
    expect(tidyCode('ABCDE-FGHIJ-KLMNO-PQRST')).toBe('ABCDE-FGHIJ-KLMNO-PQRST');
  });

  it('changes nothing the second time', () => {
    for (const typed of ['sst7kq4m2xd9htbwe3r', 'a b–c', '', '---']) {
      const once = tidyCode(typed);
      expect(tidyCode(once)).toBe(once);
    }
  });
});
