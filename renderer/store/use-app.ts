import { createContext, useContext, useEffect, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { ApplicationView } from '../../shared/contract.ts';
import type { App } from './store.ts';

export const AppContext = createContext<StoreApi<App> | null>(null);

/** Reads from the store; the component renders again when what it reads has changed. */
export function useApp<T>(read: (app: App) => T): T {
  const store = useContext(AppContext);
  if (store === null) throw new Error('rendered outside of the application');
  return useStore(store, read);
}

/** What a window shows around the licenses. Only for screens that are shown once a snapshot is there. */
export function useApplication(): ApplicationView {
  const application = useApp((app) => app.snapshot?.application);
  if (application === undefined) throw new Error('rendered before the first snapshot');
  return application;
}

const TICK = 20_000;

/** Trusted time now: that of the snapshot, counted on. Renders again often enough for minutes to be right. */
export function useTrustedNow(): number {
  const base = useApp((app) => app.snapshot?.now ?? 0);
  const receivedAt = useApp((app) => app.snapshotAt);
  const [at, setAt] = useState(() => performance.now());
  useEffect(() => {
    const tick = () => setAt(performance.now());
    tick();
    const timer = setInterval(tick, TICK);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, []);
  return base + Math.max(0, at - receivedAt);
}
