import { registerHooks } from 'node:module';

/**
 * Gives this process an `electron` that is there and empty, as the command line's bundle has it. electron-store
 * imports it at its top, and the npm package of that name goes and fetches a binary. To be imported first, or by
 * `node --import`.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: 'data:text/javascript,export default {};', format: 'module', shortCircuit: true }
      : next(specifier, context),
});
