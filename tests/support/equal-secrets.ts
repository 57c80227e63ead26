import { expect } from 'vitest';
import { Secret } from '../../electron/support/secret.ts';

/** Secrets hide their values from `toEqual` too: without this, all of a kind would be equal. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) =>
    one instanceof Secret && other instanceof Secret
      ? one.kind === other.kind && one.isSame(other)
      : undefined,
]);
