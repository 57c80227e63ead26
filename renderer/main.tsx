import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Application } from './application.tsx';
import { findBridge } from './bridge.ts';
import { SafetyNet } from './shell/safety-net.tsx';
import { tellErrors } from './shell/tell-errors.ts';
import { applyAppearance } from './theme/apply.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

applyAppearance(null);
const bridge = findBridge();
const tellError = tellErrors(bridge, globalThis);

// What the safety net has caught is no event of the page.
createRoot(root, { onCaughtError: tellError }).render(
  <StrictMode>
    <SafetyNet>
      <Application bridge={bridge} />
    </SafetyNet>
  </StrictMode>,
);
