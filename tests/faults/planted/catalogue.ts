import { CERTIFICATE_FAULTS } from './certificate-faults.ts';
import { DEVICE_FAULTS } from './device-faults.ts';
import type { PlantedFault } from './fault.ts';
import { LICENSE_FAULTS } from './license-faults.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { STORAGE_FAULTS } from './storage-faults.ts';

/** Every fault that is planted, in the order of the documentation. */
export const CATALOGUE: readonly PlantedFault[] = [
  ...STORAGE_FAULTS,
  ...DEVICE_FAULTS,
  ...NETWORK_FAULTS,
  ...CERTIFICATE_FAULTS,
  ...LICENSE_FAULTS,
];
