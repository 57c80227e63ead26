import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { createBridge } from './ipc/bridge.ts';

/** The only thing a page gets of the main process. ipcRenderer itself stays here. */
contextBridge.exposeInMainWorld(
  'latchkey',
  createBridge({
    invoke: (channel, request) => ipcRenderer.invoke(channel, request),
    listen: (channel, listener) => {
      // Electron's event object has the sender on it and never goes on to the page.
      const relay = (_event: IpcRendererEvent, payload: unknown) => listener(payload);
      ipcRenderer.on(channel, relay);
      return () => {
        ipcRenderer.off(channel, relay);
      };
    },
  }),
);
