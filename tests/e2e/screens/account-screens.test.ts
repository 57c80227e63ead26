import { ACCOUNT_STATES } from './account-states.ts';
import { testScreens } from './test-screens.ts';

testScreens(ACCOUNT_STATES);
