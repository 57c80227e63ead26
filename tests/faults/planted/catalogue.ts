import type { PlantedFault } from './fault.ts';
import { NETWORK_FAULTS } from './network-faults.ts';

/** Every fault that is planted, in the order of the documentation. */
export const CATALOGUE: readonly PlantedFault[] = [...NETWORK_FAULTS];
