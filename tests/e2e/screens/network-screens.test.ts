import { NETWORK_STATES } from './network-states.ts';
import { testScreens } from './test-screens.ts';

testScreens(NETWORK_STATES);
