import path from 'node:path';
import { flipFuses } from '@electron/fuses';
import { FUSES } from './package/fuses.mjs';
import { EXTENSIONS } from '../shared/token/kinds.ts';
import { readVendorProfile } from './package/vendor-profile.mjs';

const { file, profile } = readVendorProfile();

/** @param {import('electron-builder').AfterPackContext} context @returns {string} the binary that has the fuses */
function electronBinary({ appOutDir, packager, electronPlatformName }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return path.join(appOutDir, `${name}.app`);
  if (electronPlatformName === 'win32') return path.join(appOutDir, `${name}.exe`);
  return path.join(appOutDir, EXECUTABLE);
}

const EXECUTABLE = 'latchkey';

/**
 * Makes the vendor's installers: `npm run package -- --profile FILE`.
 *
 * @type {import('electron-builder').Configuration}
 */
export default {
  appId: profile.application.id,
  productName: profile.application.name,
  copyright: `Copyright ${profile.vendor.name}`,
  directories: { output: 'release', buildResources: 'build/icons' },
  asar: true,
  // A list of what ships; nothing gets in by being forgotten. The bundles have their dependencies in them.
  files: [
    'package.json',
    'dist/main/main.js',
    'dist/preload/preload.cjs',
    'dist/renderer/**/*',
    'dist/renderer-manifest.json',
    '!**/*.map',
  ],
  // Says that the modules are taken care of: without it, all of node_modules would be packed.
  beforeBuild: () => Promise.resolve(false),
  extraMetadata: { description: profile.application.name, author: profile.vendor.name },
  extraResources: [{ from: file, to: 'profile.json' }],
  protocols: [{ name: profile.application.name, schemes: ['latchkey'] }],
  // A double-click on a token opens the application, which says what it is and where it belongs.
  fileAssociations: Object.values(EXTENSIONS).map((extension) => ({
    ext: extension.slice(1),
    name: `${profile.application.name} (${extension})`,
    role: 'Viewer',
    mimeType: `application/x-${extension.slice(1)}`,
  })),
  publish: null,
  linux: {
    executableName: EXECUTABLE,
    target: ['AppImage', 'deb'],
    category: 'Utility',
    icon: 'build/icons',
    maintainer: profile.vendor.name,
    // The manual page, for whoever packages for a distribution to put in its place.
    extraResources: [{ from: 'build/man/latchkey.1', to: 'latchkey.1' }],
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.utilities',
    icon: 'build/icons/1024x1024.png',
    hardenedRuntime: true,
  },
  win: { target: ['nsis'], icon: 'build/icons/512x512.png' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  afterPack: async (context) => {
    await flipFuses(electronBinary(context), {
      ...FUSES,
      resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    });
  },
};
