import { useState } from 'react';
import type { Bridge } from '../shared/contract.ts';
import { Window } from './app.tsx';
import { createApp } from './store/store.ts';
import { AppContext } from './store/use-app.ts';

/** The window with a store of its own: whatever was broken in another one is gone with it. */
export function Application({ bridge }: { readonly bridge: Bridge | null }) {
  const [app] = useState(() => createApp(bridge, () => performance.now()));
  return (
    <AppContext value={app}>
      <Window />
    </AppContext>
  );
}
