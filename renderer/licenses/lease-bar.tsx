import type { LicenseView } from '../../shared/license/schemas.ts';
import { shareLeft, timeLeft } from '../format/time-left.ts';
import { useText } from '../strings/use-text.ts';
import { useTrustedNow } from '../store/use-app.ts';
import './lease-bar.css';

type Activation = LicenseView['activation'];

/** How long the lease still runs, in words; that it counts for nothing where something else blocks the license. */
export function useLeaseWords(activation: Activation, state: LicenseView['state']): string {
  const t = useText();
  const now = useTrustedNow();
  if (activation === null) return '';
  const runs = activation.leaseExpiry === null || activation.leaseExpiry > now;
  if (runs && state !== 'active') return t('lease.left.onHold');
  if (activation.leaseExpiry === null) return t('lease.left.forever');
  const { unit, count } = timeLeft(activation.leaseExpiry, now);
  return t(`lease.left.${unit}`, { count });
}

interface LeaseBarProps {
  readonly activation: NonNullable<Activation>;
  readonly state: LicenseView['state'];
}

/** The share of the lease that is left. The words beside it say the same, so it is hidden from screen readers. */
export function LeaseBar({ activation, state }: LeaseBarProps) {
  const now = useTrustedNow();
  const { leaseExpiry, lastLeaseAt } = activation;
  if (leaseExpiry === null) return null;
  const share = shareLeft(lastLeaseAt, leaseExpiry, now);
  const look = state !== 'active' || share === 0 ? 'over' : share <= 0.2 ? 'low' : 'good';
  return (
    <div className={`lease-bar lease-bar-${look}`} aria-hidden>
      <div className="lease-bar-left" style={{ inlineSize: `${(share * 100).toFixed(1)}%` }} />
    </div>
  );
}
