import { FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * What Electron can be told once and for all, in its binary: a signed application must not be turned into a Node
 * that runs anything, be debugged from outside, or be made to load another archive.
 *
 * @type {import('@electron/fuses').FuseConfig}
 */
export const FUSES = {
  version: FuseVersion.V1,
  // A new Electron with a new fuse has to be decided on, not inherited.
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
};
