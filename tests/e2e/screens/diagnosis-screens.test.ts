import { DIAGNOSIS_STATES } from './diagnosis-states.ts';
import { testScreens } from './test-screens.ts';

testScreens(DIAGNOSIS_STATES);
