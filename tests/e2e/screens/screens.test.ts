import { STATES } from './states.ts';
import { testScreens } from './test-screens.ts';

testScreens(STATES);
