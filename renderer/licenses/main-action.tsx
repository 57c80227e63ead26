import { RefreshCw } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { remedyLabel } from '../../shared/messages/index.ts';
import { mayActivate } from '../store/projection.ts';
import { offlineView } from '../store/offline.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { useRunning } from './use-running.ts';

/** The one thing to do: the first that the state allows, in the order of what helps. */
export function MainAction({ license }: { readonly license: LicenseView }) {
  const language = useLanguage();
  const t = useText();
  const { show, operate } = useApp((app) => app);
  const running = useRunning(license);
  const { productId, actions, state } = license;
  const look = state === 'active' ? 'plain' : 'primary';
  if (actions.includes('refresh')) {
    return (
      <Button
        look={look}
        icon={<RefreshCw size={15} aria-hidden />}
        isPending={running !== null}
        pendingLabel={t('refreshing')}
        onPress={() => void operate('refresh', productId)}
      >
        {t('refresh')}
      </Button>
    );
  }
  if (actions.includes('pullState')) {
    return (
      <Button
        look={look}
        icon={<RefreshCw size={15} aria-hidden />}
        isPending={running !== null}
        pendingLabel={t('checking')}
        onPress={() => void operate('pullState', productId)}
      >
        {t('check')}
      </Button>
    );
  }
  if (actions.includes('importRefresh')) {
    return (
      <Button look={look} onPress={() => show({ screen: 'refreshFile', productId })}>
        {t('refreshFile.open')}
      </Button>
    );
  }
  if (actions.includes('importResponse') && license.offline.requests.length > 0) {
    return (
      <Button look="primary" onPress={() => show(offlineView(productId, 'bring'))}>
        {remedyLabel('finishOffline', language)}
      </Button>
    );
  }
  if (!mayActivate(actions)) return null;
  return (
    <Button
      look="primary"
      isPending={running !== null}
      pendingLabel={t('activate.running')}
      onPress={() => show({ screen: 'activate', productId })}
    >
      {t('activate.submit')}
    </Button>
  );
}
