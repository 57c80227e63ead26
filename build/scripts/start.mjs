/**
 * `npm start`: the application against the reference Licensing API of this repository, on a fresh clone as the only
 * command. Options after `--`: `--reset` begins with fresh demo data, `--headless` plays the demo without a window.
 * Ctrl-C ends everything that it started.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_TARGETS, ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { localServerText, serversText } from './lib/demo-text.mjs';
import { ensureElectron } from './lib/electron-binary.mjs';
import { tryLock } from './lib/lock.mjs';
import { nodePath } from './lib/node-path.mjs';
import { endProgram, lineReader, startProgram } from './lib/processes.mjs';
import { ROOT, inRoot } from './lib/root.mjs';
import { whenNpmIsGone } from './lib/run.mjs';

/** @typedef {import('./lib/processes.mjs').Program} Program */
/** @typedef {import('./lib/demo-text.mjs').Servers} Servers */

const HELP = `Usage: npm start -- [options]

  --reset      begin with fresh demo data
  --headless   play the demo without a window and write screenshots and a transcript
  --help       show this
`;
const DATA = inRoot('.cache/demo');
const OUT = inRoot('demo');
const SERVER_LOG = path.join(DATA, 'servers.log');
/** Milliseconds that the servers have to come up. */
const SERVER_TIMEOUT = 60_000;

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);
/** @param {string} text */
const complain = (text) => process.stderr.write(`${text}\n`);
/** @param {string} file */
const shown = (file) => path.relative(ROOT, file);

/** @type {Program[]} the last one started is ended first */
const programs = [];
/** @type {Promise<void> | null} */
let ending = null;

/** @param {number} code */
function end(code) {
  ending ??= (async () => {
    for (const program of programs.toReversed()) await endProgram(program);
    process.exit(code);
  })();
  return ending;
}

/** @param {string} command @param {readonly string[]} args @param {Parameters<typeof startProgram>[2]} options */
function start(command, args, options) {
  const program = startProgram(command, args, options);
  programs.push(program);
  return program;
}

/**
 * Starts the servers; gives what the first of them said, and tells of the Local License Server when it is there.
 *
 * @returns {Promise<Servers>}
 */
async function startServers() {
  mkdirSync(DATA, { recursive: true });
  const log = openSync(SERVER_LOG, 'w', 0o600);
  const program = start(nodePath(), [inRoot('tests/demo/main.ts'), '--data', DATA], {
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  const nextLine = lineReader(program);
  const line = await nextLine(SERVER_TIMEOUT);
  if (line === null) {
    throw new Error(`The reference Licensing API did not start:\n${readFileSync(SERVER_LOG, 'utf8')}`);
  }
  void endWith(program);
  void tellOfLocalServer(nextLine);
  return JSON.parse(line);
}

/** The window does not wait for it. @param {ReturnType<typeof lineReader>} nextLine */
async function tellOfLocalServer(nextLine) {
  const line = await nextLine(SERVER_TIMEOUT);
  if (line !== null && ending === null) say(localServerText(JSON.parse(line), shown));
}

/** Without the server there is nothing to show. @param {Program} server */
async function endWith(server) {
  const code = await server.ended;
  if (ending !== null) return;
  complain(`The reference Licensing API ended with exit code ${code}; see ${shown(SERVER_LOG)}.`);
  await end(1);
}

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);

/**
 * What shows the application, made ready before anything is started.
 *
 * @param {boolean} headless
 * @returns {Promise<{ readonly text: string, readonly run: (servers: Servers) => Program }>}
 */
async function chooseHost(headless) {
  if (headless) {
    const chromium = await ensureChromium();
    return {
      text: `Playing the demo without a window; screenshots and a transcript go to ${shown(OUT)}/`,
      run: (servers) => {
        const data = path.join(DATA, 'headless');
        rmSync(data, { recursive: true, force: true });
        rmSync(OUT, { recursive: true, force: true });
        const player = start(nodePath(), [inRoot('tests/demo/play.ts'), '--data', data, '--out', OUT], {
          stdio: ['pipe', 2, 2],
          env: { LATCHKEY_CHROMIUM: chromium },
        });
        // One that ends before it has read says so by its exit code.
        player.child.stdin?.on('error', () => undefined).end(JSON.stringify(servers));
        return player;
      },
    };
  }
  const data = path.join(DATA, 'data');
  const electron = await ensureElectron(say);
  if (electron !== null) {
    // Chromium's own sandbox refuses to run as root.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return {
      text: 'Opening Latchkey in Electron. Close the window or press Ctrl-C to end.',
      run: ({ profile }) =>
        start(electron, ['.', '--profile', profile, '--data', data, ...asRoot], {
          stdio: ['ignore', 2, 2],
          // A terminal inside an editor that is itself an Electron application may have it.
          env: { ELECTRON_RUN_AS_NODE: undefined },
        }),
    };
  }
  const chromium = await ensureChromium();
  return {
    text: 'Opening Latchkey in Chromium, as Electron is out of reach. Close the window or press Ctrl-C to end.',
    run: ({ profile }) =>
      start(nodePath(), [inRoot('tests/host/main.ts'), '--profile', profile, '--data', data], {
        stdio: ['ignore', 2, 2],
        env: { LATCHKEY_CHROMIUM: chromium },
      }),
  };
}

/** @param {{ reset: boolean, headless: boolean }} options */
async function main({ reset, headless }) {
  await ensureBuilt(ALL_TARGETS);
  const release = tryLock(inRoot('.cache/demo.lock'));
  if (release === null) throw new Error('Latchkey is running already in this folder; end that one first.');
  process.once('exit', release);
  if (reset) rmSync(DATA, { recursive: true, force: true });
  const host = await chooseHost(headless || !hasDisplay());
  const servers = await startServers();
  say(serversText(servers, `${shown(DATA)}/`, shown));
  say(host.text);
  const code = await host.run(servers).ended;
  if (ending === null && headless && code === 0) say(`Done: see ${shown(OUT)}/`);
  await end(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
whenNpmIsGone(() => void end(0));

try {
  const { values } = parseArgs({
    options: { reset: { type: 'boolean' }, headless: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) process.stdout.write(HELP);
  else await main({ reset: values.reset === true, headless: values.headless === true });
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  await end(1);
}
