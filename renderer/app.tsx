import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { describeFailure, remedyLabel } from '../shared/messages/index.ts';
import { FullStop } from './components/full-stop.tsx';
import { CrashNotice } from './diagnostics/crash-notice.tsx';
import { DiagnosisScreen } from './diagnostics/diagnosis.tsx';
import { HelpScreen } from './help/help.tsx';
import { ActivateScreen } from './licenses/activate.tsx';
import { Activated } from './licenses/activated.tsx';
import { Detail } from './licenses/detail.tsx';
import { Overview } from './licenses/overview.tsx';
import { SettingsScreen } from './settings/settings.tsx';
import { Loading } from './shell/loading.tsx';
import { OfflinePage } from './offline/offline-page.tsx';
import { ReceiptPage } from './offline/receipt-page.tsx';
import { ReceiptsPage } from './offline/receipts.tsx';
import { RefreshPage } from './offline/refresh-page.tsx';
import { WindowIntake } from './offline/window-intake.tsx';
import { Shell } from './shell/shell.tsx';
import { useLanguage, useText } from './strings/use-text.ts';
import { useApp } from './store/use-app.ts';
import { applyAppearance } from './theme/apply.ts';

/** The whole window. */
export function Window() {
  const language = useLanguage();
  const start = useApp((app) => app.start);
  const application = useApp((app) => app.snapshot?.application ?? null);
  useEffect(() => start(), [start]);
  useEffect(() => applyAppearance(application), [application]);
  return (
    <I18nProvider locale={language}>
      <Contents />
    </I18nProvider>
  );
}

function Contents() {
  const language = useLanguage();
  const t = useText();
  const connection = useApp((app) => app.connection);
  const ready = useApp((app) => app.snapshot !== null);
  const reload = useApp((app) => app.reload);
  if (connection.phase === 'failed') {
    const { nextAction } = describeFailure(connection.failure, language);
    return (
      <FullStop
        sentence={t('bridge.failed')}
        nextAction={nextAction}
        button={remedyLabel('retry', language)}
        onPress={() => void reload()}
      />
    );
  }
  if (!ready) return <Loading />;
  return (
    <Shell>
      <CrashNotice />
      <Screen />
      <WindowIntake />
    </Shell>
  );
}

function Screen() {
  const view = useApp((app) => app.view);
  switch (view.screen) {
    case 'licenses':
      return <Overview />;
    case 'license':
      return <Detail key={view.productId} productId={view.productId} />;
    case 'activate':
      return <ActivateScreen productId={view.productId} />;
    case 'activated':
      return <Activated license={view.license} />;
    case 'offline':
      return <OfflinePage key={view.productId} {...view} />;
    case 'refreshFile':
      return <RefreshPage productId={view.productId} />;
    case 'receipts':
      return <ReceiptsPage productId={view.productId} />;
    case 'receipt':
      return <ReceiptPage key={view.id} productId={view.productId} id={view.id} />;
    case 'diagnosis':
      return <DiagnosisScreen productId={view.productId} />;
    case 'settings':
      return <SettingsScreen />;
    case 'help':
      return <HelpScreen />;
  }
}
