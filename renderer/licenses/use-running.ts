import type { LicenseView } from '../../shared/license/schemas.ts';
import { useApp } from '../store/use-app.ts';

/** What is under way on a license, here or in another window or program; null = nothing. */
export function useRunning({ productId, busy }: LicenseView): LicenseView['busy'] {
  const operation = useApp((app) => app.operations[productId]);
  return operation?.phase === 'running' ? operation.kind : busy;
}
