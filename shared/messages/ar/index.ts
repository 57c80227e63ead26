import type { Catalogue } from '../types.ts';
import { certificateErrors } from './certificate-errors.ts';
import { diagnosis } from './diagnosis.ts';
import { errors } from './errors.ts';
import { offlineErrors } from './offline-errors.ts';
import { reasons } from './reasons.ts';
import { serverErrors } from './server-errors.ts';
import { words } from './words.ts';

export const ar: Catalogue = {
  ...words,
  reasons,
  errors: { ...errors, ...offlineErrors, ...certificateErrors, ...serverErrors },
  diagnosis,
};
