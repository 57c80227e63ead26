import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Window } from './app.tsx';
import { findBridge } from './bridge.ts';
import { SafetyNet } from './shell/safety-net.tsx';
import { createApp } from './store/store.ts';
import { AppContext } from './store/use-app.ts';
import { applyAppearance } from './theme/apply.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

applyAppearance(null);
const app = createApp(findBridge(), () => performance.now());

createRoot(root).render(
  <StrictMode>
    <SafetyNet>
      <AppContext value={app}>
        <Window />
      </AppContext>
    </SafetyNet>
  </StrictMode>,
);
