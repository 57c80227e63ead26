import { STORAGE_STATES } from './storage-states.ts';
import { testScreens } from './test-screens.ts';

testScreens(STORAGE_STATES);
