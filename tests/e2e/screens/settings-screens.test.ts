import { SETTINGS_STATES } from './settings-states.ts';
import { testScreens } from './test-screens.ts';

testScreens(SETTINGS_STATES);
