import type { Plugin } from 'vite';

/**
 * Fails the build when a bundle imports anything but what is allowed. A sandboxed preload has no Node to require
 * from: it would fail only when a window opens.
 */
export function onlyImports(options: {
  readonly environment: string;
  readonly allowed: readonly string[];
}): Plugin {
  return {
    name: 'latchkey:only-imports',
    applyToEnvironment: (environment) => environment.name === options.environment,
    generateBundle(_output, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const wrong = [...chunk.imports, ...chunk.dynamicImports].filter(
          (name) => !options.allowed.includes(name),
        );
        if (wrong.length > 0) this.error(`${chunk.fileName} must not import ${wrong.join(', ')}`);
      }
    },
  };
}
