import type { ApplicationView } from '../../../shared/contract.ts';
import { application, DAY, NOW } from './samples.ts';

/** The license server as the settings show it. */

export const ALLOWED_SERVER: ApplicationView['server'] = { ...application().server, isLocalAllowed: true };

export const LOCAL_SERVER: ApplicationView['server'] = {
  ...ALLOWED_SERVER,
  kind: 'local',
  url: 'https://licenses.plant.example:6501',
  host: 'licenses.plant.example:6501',
  certificates: [
    {
      subject: 'CN=Plant Certificate Authority, O=Example Instruments',
      sha256:
        '3B:8C:51:F0:7D:12:A9:E4:66:0F:B2:95:C8:41:D7:2E:90:5A:1C:F3:84:6B:E9:27:50:BD:33:AE:78:C6:04:9F',
      notBefore: NOW - 200 * DAY,
      notAfter: NOW + 900 * DAY,
    },
  ],
  health: {
    at: NOW - 60_000,
    failure: null,
    apiVersion: '2024-11-07',
    certificateEnds: NOW + 120 * DAY,
    clockAhead: 4000,
  },
};
