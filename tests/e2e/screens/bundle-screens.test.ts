import { BUNDLE_STATES } from './bundle-states.ts';
import { testScreens } from './test-screens.ts';

testScreens(BUNDLE_STATES);
