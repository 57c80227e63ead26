import type { Plugin } from 'vite';

const ID = '\0empty-electron';

/**
 * Gives one environment an `electron` that is there and empty. The command line runs in plain Node, and a library
 * that it shares with the window imports `electron` at its top.
 */
export function emptyElectron(options: { readonly environment: string }): Plugin {
  return {
    name: 'latchkey:empty-electron',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === options.environment,
    resolveId: (source) => (source === 'electron' ? ID : null),
    load: (id) => (id === ID ? 'export default {};' : null),
  };
}
