import type { ErrorCode } from '../errors.ts';
import type { ReasonCode } from '../license/reasons.ts';
import type { LicenseState } from '../license/types.ts';
import type { Remedy } from '../remedies.ts';
import type { DiagnosisWords } from './diagnosis-types.ts';

/** What a person reads about a code. Both are ICU messages (format.ts lists the arguments). */
export interface Message {
  /** What is the matter, in one plain sentence. */
  readonly sentence: string;
  /** What to do about it, as one request; never empty. */
  readonly nextAction: string;
}

/** Names of the device factors (electron/fingerprint), as a person would call them. */
export type FactorName = 'machineId' | 'board' | 'cpu' | 'mac' | 'disk' | 'os' | 'install';

/** Every sentence about a code in one language. The types demand that none is missing. */
export interface Catalogue {
  readonly states: Readonly<Record<LicenseState, string>>;
  /** Of a lease that runs but does not count: the clock is wrong, or the vault was put back. */
  readonly onHold: string;
  readonly reasons: Readonly<Record<ReasonCode, Message>>;
  readonly errors: Readonly<Record<ErrorCode, Message>>;
  /** Captions of the buttons that carry a remedy out. */
  readonly remedies: Readonly<Record<Remedy, string>>;
  readonly factors: Readonly<Record<FactorName, string>>;
  readonly diagnosis: DiagnosisWords;
  /** What the browser shows after a sign-in, however it went; `application` is an argument of both. */
  readonly returnPage: { readonly title: string; readonly text: string };
  /** Captions of the application menu; `application` is its argument. */
  readonly menu: Readonly<Record<MenuEntry, string>>;
}

export type MenuEntry =
  | 'file'
  | 'edit'
  | 'view'
  | 'window'
  | 'help'
  | 'about'
  | 'hide'
  | 'quit'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'minimize'
  | 'close'
  | 'supportPage'
  | 'portal'
  | 'showLog';
