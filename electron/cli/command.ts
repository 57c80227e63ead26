import type { VendorProfile } from '../../shared/profile.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/settings.ts';
import type { Services } from '../services.ts';
import type { CliPorts } from './ports.ts';

/** What a command prints: JSON with `--json`, else text. `lines`: the same either way, as the command has made it. */
export type Output =
  | {
      readonly json: unknown;
      /** Ends in a line end. */
      readonly text: string;
      /** Where a result is no success and no failure either; 0 without it. */
      readonly exit?: number;
    }
  | { readonly lines: string };

/** One installation, with everything that the window has. */
export interface Context {
  readonly profile: VendorProfile;
  readonly services: Services;
  readonly ports: CliPorts;
  readonly language: Language;
}

/** The data folder of one installation, looked at without opening anything in it. */
export interface Folder {
  readonly dataDir: string;
  readonly ports: CliPorts;
  readonly language: Language;
  /** Whether JSON was asked for. */
  readonly json: boolean;
}

/** What a command about a file has. */
export interface Alone {
  readonly ports: CliPorts;
  readonly language: Language;
  /** Path of a vendor profile, where one was named. */
  readonly profile: string | undefined;
}

/** A command as its arguments asked for it. One that needs nothing is about a file and has no data folder. */
export type Command =
  | { readonly needs: 'installation'; readonly run: (context: Context) => Promise<Result<Output>> }
  | { readonly needs: 'folder'; readonly run: (folder: Folder) => Promise<Result<Output>> }
  | { readonly needs: 'nothing'; readonly run: (alone: Alone) => Promise<Result<Output>> };

/** Takes the command that was chosen; commander's actions have no result of their own. */
export type Choose = (command: Command) => void;
