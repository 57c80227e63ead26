import { OFFLINE_STATES } from './offline-states.ts';
import { testScreens } from './test-screens.ts';

// Apart from the others, so that both run at once.
testScreens(OFFLINE_STATES);
