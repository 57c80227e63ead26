import type { Host } from './host.ts';
import type { FactorSource } from './types.ts';

/** What the same function reads on every system. */
export function commonSources(host: Host): readonly FactorSource[] {
  return [
    {
      name: 'machineId',
      read: async () => {
        const id = await host.machineId();
        // On Linux node-machine-id falls back to the host name, which identifies nothing and changes at will.
        return id !== null && /^[0-9a-f]{32}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
          ? id
          : null;
      },
    },
    { name: 'cpu', read: () => Promise.resolve(host.cpuModel()) },
  ];
}
