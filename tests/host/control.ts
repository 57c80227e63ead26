import type { MenuItemConstructorOptions, WebContents, WebFrameMain } from 'electron';
import { appFacts } from './app.ts';
import type { Facts, ForgedSender, FromHost, Question, ToHost } from './control-types.ts';
import { menuFacts, powerMonitor } from './electron.ts';
import { host } from './host.ts';
import { hostIpcMain } from './ipc-main.ts';
import { OPTIONS } from './options.ts';
import { onRecord } from './recorder.ts';
import { hostSessionOf, privilegedSchemes, type HostSession } from './session.ts';
import { makeEvent, strict } from './strict.ts';
import { HostWebContents } from './web-contents.ts';

/**
 * The line to a test that started this process with a channel (`fork`): it is told what the application does, and may
 * ask what the application decided, or pose as someone else. A run without LATCHKEY_HOST_CONTROL has none of it.
 */
export function startControl(): void {
  if (!OPTIONS.controlled || process.send === undefined) return;
  const tell = (message: FromHost) => process.send?.(message);
  onRecord((entry) => tell({ type: 'record', entry }));
  const tellReady = async () => tell({ type: 'ready', endpoint: (await host.browser)?.endpoint ?? null });
  host.once('loaded', () => void tellReady());
  process.on('message', ({ id, question }: ToHost) => {
    answer(question)
      .then((value) => tell({ type: 'answer', id, value }))
      .catch((error: unknown) => tell({ type: 'failed', id, message: String(error) }));
  });
  // A test that died must not leave an application behind.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

async function answer(question: Question): Promise<unknown> {
  const { contents, window } = opened();
  const { session } = contents;
  switch (question.kind) {
    case 'facts':
      return facts();
    case 'serve': {
      const response = await session.serve(question.method, question.url);
      if (response === null) return null;
      const headers = Object.fromEntries(response.headers);
      return { status: response.status, headers, body: await response.text() };
    }
    case 'allows':
      return session.allows({ url: question.url, method: 'GET', resourceType: question.resourceType });
    case 'permission':
      return askPermission(session, contents, question);
    case 'device':
      return session.checkDevice?.({
        deviceType: question.deviceType,
        origin: 'app://latchkey',
        device: {} as never,
      });
    case 'displayMedia':
      return new Promise((resolve) => {
        if (session.requestDisplay === null) resolve('not handled');
        else session.requestDisplay({} as never, (streams) => resolve(streams));
      });
    case 'emit': {
      const targets = { app: host, contents, session, window, ipcMain: hostIpcMain, powerMonitor };
      const event = makeEvent(question.members);
      const wasHeard = targets[question.target].emit(question.event, event, ...question.args);
      return {
        wasHeard,
        defaultPrevented: event.defaultPrevented,
        members: { ...event, preventDefault: null },
      };
    }
    case 'windowOpen':
      return contents.windowOpenHandler?.({
        url: question.url,
        frameName: '',
        features: '',
        disposition: 'foreground-tab',
        referrer: { url: '', policy: 'default' },
      });
    case 'invoke':
      return contents.invoke(question.channel, question.args, ...forge(question.sender, contents));
    case 'otherContents':
      return confinementOf(session);
    case 'closeWindow':
      window.close();
      return null;
    case 'fail':
      fail(question);
      return null;
  }
}

/** As from native code: in no function of ours that could catch it. */
function fail({ how, message, cause }: Extract<Question, { kind: 'fail' }>): void {
  const error = new TypeError(message, { cause });
  setImmediate(() => {
    if (how === 'exception') throw error;
    void Promise.reject(error);
  });
}

function opened() {
  const window = [...host.windows][0];
  if (window === undefined) throw new Error('The application has no window');
  return { window, contents: window.contents };
}

function facts(): Facts {
  const { window, contents } = opened();
  const { webPreferences = {}, ...rest } = window.options;
  const { session, ...preferences } = webPreferences;
  const own = hostSessionOf(session);
  return {
    ...appFacts,
    schemes: privilegedSchemes,
    window: { ...rest },
    webPreferences: { ...preferences },
    session: {
      partition: own.partition,
      options: own.partitionOptions,
      spellChecker: own.spellChecker,
      schemes: [...own.schemes.keys()],
    },
    webRtcPolicy: contents.webRtcPolicy,
    ipc: {
      handlers: [...hostIpcMain.handlers.keys()],
      everListened: [...hostIpcMain.everListened],
      listeners: hostIpcMain
        .eventNames()
        .filter((name) => hostIpcMain.listenerCount(name) > 0)
        .map(String),
    },
    menu: flatten(menuFacts.template),
    themeSource: host.themeSource,
  };
}

function flatten(items: readonly MenuItemConstructorOptions[]): Facts['menu'] {
  return items.flatMap(({ role, label, submenu }) => [
    { ...(role === undefined ? {} : { role }), ...(label === undefined ? {} : { label }) },
    ...(Array.isArray(submenu) ? flatten(submenu) : []),
  ]);
}

async function askPermission(
  session: HostSession,
  contents: HostWebContents,
  question: Extract<Question, { kind: 'permission' }>,
): Promise<unknown> {
  const { permission, origin, isMainFrame, hasContents } = question;
  const asker = strict('webContents', contents) as unknown as WebContents;
  const details = { isMainFrame, requestingUrl: `${origin}/index.html` };
  if (question.how === 'check') {
    return session.checkPermission?.(hasContents ? asker : null, permission as 'usb', origin, details);
  }
  return new Promise((resolve) => {
    if (session.requestPermission === null) resolve('not handled');
    else session.requestPermission(asker, permission as 'usb', resolve, details);
  });
}

/** A sender for a forged message. */
function forge(
  { contents = 'ours', frame = {} }: ForgedSender,
  own: HostWebContents,
): [WebFrameMain | null, unknown] {
  const mainFrame = { frameTreeNodeId: 1 };
  const sender = { id: contents === 'ours' ? own.id : own.id + 1000, mainFrame };
  if (frame === null) return [null, sender];
  if (frame === 'destroyed') {
    const gone = () => {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    };
    return [new Proxy({}, { get: gone }) as WebFrameMain, sender];
  }
  const { isSubframe = false, isDetached = false, origin = 'app://latchkey' } = frame;
  const forged = {
    parent: isSubframe ? mainFrame : null,
    frameTreeNodeId: isSubframe ? 2 : 1,
    detached: isDetached,
    isDestroyed: () => false,
    origin,
    url: frame.url ?? `${origin}/index.html`,
  };
  return [forged as unknown as WebFrameMain, sender];
}

function confinementOf(session: HostSession): unknown {
  const other = new HostWebContents(session);
  host.emit('web-contents-created', {}, strict('webContents', other));
  return {
    guarded: other.eventNames().map(String),
    windowOpen: other.windowOpenHandler?.({ url: 'https://elsewhere.example' } as never),
    webRtcPolicy: other.webRtcPolicy,
  };
}
