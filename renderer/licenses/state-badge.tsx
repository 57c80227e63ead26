import { Ban, CircleCheck, CircleDashed, ClockAlert, LoaderCircle, Lock, TriangleAlert } from 'lucide-react';
import { describeLicense } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { toneOfLicense } from './tone.ts';
import './state-badge.css';

/** The state of a license in a word, with an icon of its own and a colour. */
export function StateBadge({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const tone = toneOfLicense(license);
  const locked = license.state === 'uninitialized' && license.reasons.some((r) => r.severity === 'blocking');
  const grace = license.reasons.some(({ code }) => code === 'gracePeriod');
  const words = () => {
    if (locked) return t('state.unavailable');
    if (license.state === 'active' && grace) return t('state.grace');
    return describeLicense(license, language);
  };
  return (
    <span className={`state-badge state-badge-${tone}`}>
      <StateIcon state={license.state} warned={tone === 'warn'} locked={locked} />
      {words()}
    </span>
  );
}

interface StateIconProps {
  readonly state: LicenseView['state'];
  readonly warned: boolean;
  readonly locked: boolean;
}

function StateIcon({ state, warned, locked }: StateIconProps) {
  const size = 15;
  switch (state) {
    case 'uninitialized':
      return locked ? (
        <Lock size={size} aria-hidden />
      ) : (
        <LoaderCircle className="spinner" size={size} aria-hidden />
      );
    case 'notActivated':
      return <CircleDashed size={size} aria-hidden />;
    case 'active':
      return warned ? <TriangleAlert size={size} aria-hidden /> : <CircleCheck size={size} aria-hidden />;
    case 'leaseExpired':
      return <ClockAlert size={size} aria-hidden />;
    case 'entitlementNotActive':
      return <Ban size={size} aria-hidden />;
  }
}
