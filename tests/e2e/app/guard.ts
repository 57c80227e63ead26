import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Somebody at a door behind which there is no server. */
export interface Guard {
  readonly port: number;
  /** How many connections were tried. */
  readonly knocks: () => number;
  /** Leaves the port to somebody else. */
  readonly end: () => Promise<void>;
}

/**
 * Listens where a server was or might be, so that a knock on the door is heard.
 * @param port 0 = any that is free
 */
export async function guard(port: number): Promise<Guard> {
  let knocks = 0;
  const guarding = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    guarding.once('error', reject);
    guarding.listen(port, '127.0.0.1', resolve);
  });
  let ended: Promise<void> | null = null;
  const end = () => (ended ??= new Promise((resolve) => guarding.close(() => resolve())));
  onTestFinished(end);
  const address = guarding.address();
  if (address === null || typeof address === 'string') throw new Error('The guard has no port');
  return { port: address.port, knocks: () => knocks, end };
}
