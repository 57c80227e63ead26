/** `npm run sbom`: what ships, as CycloneDX, in dist/sbom.json. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ensureInstalled } from './lib/install.mjs';
import { npmCommand } from './lib/npm.mjs';
import { ROOT, inRoot } from './lib/root.mjs';
import { script } from './lib/run.mjs';

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'));

/** A development dependency for npm, and yet the greatest part of what ships. */
function electron() {
  const { version, license } = readJson('node_modules/electron/package.json');
  const purl = `pkg:npm/electron@${version}`;
  return {
    'bom-ref': `electron@${version}`,
    type: 'framework',
    name: 'electron',
    version,
    scope: 'required',
    purl,
    licenses: [{ license: { id: license } }],
  };
}

await script(async () => {
  await ensureInstalled();
  const options = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  // The optional dependencies are Node for these scripts.
  const { command, args, shell } = npmCommand(['sbom', ...options, '--omit=dev', '--omit=optional']);
  const bom = JSON.parse(execFileSync(command, args, { cwd: ROOT, shell, encoding: 'utf8' }));
  // npm takes the name of the folder.
  bom.metadata.component.name = readJson('package.json').name;
  bom.components.push(electron());
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(inRoot('dist/sbom.json'), `${JSON.stringify(bom, null, 2)}\n`);
  process.stderr.write(`dist/sbom.json: ${bom.components.length} components\n`);
});
