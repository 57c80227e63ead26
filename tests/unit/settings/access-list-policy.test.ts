import { describe, expect, it } from 'vitest';
import { onlyAdministratorsWrite } from '../../../electron/settings/access-list-policy.ts';

const INHERITED = '(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)';

describe('who may have written a file on Windows', () => {
  it.each([
    ['administrators, with the list of ProgramData', `O:BAG:SYD:AI${INHERITED}`],
    ['the system', `O:SYG:SYD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;WD)`],
    ['administrators by their number', 'O:S-1-5-32-544G:S-1-5-18D:(A;;FA;;;S-1-5-18)(A;;0x1200a9;;;AU)'],
    ['with an audit list', `O:BAG:SYD:AI${INHERITED}S:AI(AU;SAFA;FA;;;WD)`],
    ['users who are denied', `O:BAG:SYD:(D;;FA;;;BU)(A;;FA;;;BA)`],
    ['others in what is made inside', `O:BAG:SYD:(A;OICIIO;FA;;;CO)(A;;FA;;;BA)`],
  ])('only administrators: %s', (_, sddl) => {
    expect(onlyAdministratorsWrite(sddl)).toBe(true);
  });

  it.each([
    ['owned by a user', `O:S-1-5-21-1-2-3-1001G:SYD:AI${INHERITED}`],
    ['full control for users', 'O:BAG:SYD:(A;;FA;;;BA)(A;;FA;;;BU)'],
    ['writing for everyone', 'O:BAG:SYD:(A;;FA;;;BA)(A;;FW;;;WD)'],
    ['writing by a mask', 'O:BAG:SYD:(A;;FA;;;BA)(A;;0x1301bf;;;AU)'],
    ['changing the list', 'O:BAG:SYD:(A;;FA;;;BA)(A;;0x1600a9;;;AU)'],
    ['single rights', 'O:BAG:SYD:(A;;FA;;;BA)(A;CI;DCLCRPCR;;;BU)'],
    ['deleting', 'O:BAG:SYD:(A;;FA;;;BA)(A;;FRSD;;;BU)'],
    ['an empty list', 'O:BAG:SYD:'],
    ['no list', 'O:BAG:SY'],
    ['a conditional entry', 'O:BAG:SYD:(XA;;FA;;;BU;(Member_of {SID(BA)}))'],
    ['nothing', ''],
    ['something else', 'Access is denied.'],
  ])('others as well: %s', (_, sddl) => {
    expect(onlyAdministratorsWrite(sddl)).toBe(false);
  });
});
