import { BadgeCheck, CircleHelp, FlaskConical, KeyRound, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import type { View } from '../store/state.ts';
import './shell.css';

const PLACES = [
  { screen: 'licenses', icon: BadgeCheck },
  { screen: 'settings', icon: SlidersHorizontal },
  { screen: 'help', icon: CircleHelp },
] as const;

/** The window around a screen: whose application it is, and the way to each part. */
export function Shell({ children }: { readonly children: ReactNode }) {
  return (
    <div className="shell">
      <Sidebar />
      <main className="shell-main">{children}</main>
    </div>
  );
}

function Sidebar() {
  const t = useText();
  const application = useApplication();
  const view = useApp((app) => app.view);
  const show = useApp((app) => app.show);
  const here = placeOf(view);
  return (
    <header className="sidebar">
      <div className="brand">
        <span className="brand-mark" aria-hidden>
          <KeyRound size={17} />
        </span>
        <div className="brand-names">
          <p className="brand-name">
            <bdi>{application.name}</bdi>
          </p>
          <p className="brand-vendor quiet">
            <bdi>{application.vendorName}</bdi>
          </p>
        </div>
      </div>
      <nav aria-label={t('nav.label')} className="places">
        {PLACES.map(({ screen, icon: Icon }) => (
          <AriaButton
            key={screen}
            className="place"
            {...(here === screen ? { 'aria-current': 'page' } : {})}
            onPress={() => show({ screen })}
          >
            <Icon size={17} aria-hidden />
            <span>{t(`nav.${screen}`)}</span>
          </AriaButton>
        ))}
      </nav>
      {application.environment === 'test' && (
        <p className="environment">
          <FlaskConical size={14} aria-hidden />
          <span className="environment-long">{t('environment.testLong')}</span>
          <span className="environment-short">{t('environment.test')}</span>
        </p>
      )}
    </header>
  );
}

function placeOf(view: View): (typeof PLACES)[number]['screen'] {
  const { screen } = view;
  if (screen === 'diagnosis') return view.productId === null ? 'help' : 'licenses';
  return PLACES.find((place) => place.screen === screen)?.screen ?? 'licenses';
}
