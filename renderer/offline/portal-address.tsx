import { Globe, QrCode as QrIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { useText } from '../strings/use-text.ts';
import { useApplication } from '../store/use-app.ts';
import './portal-address.css';

/** Where the files are exchanged: as text to be typed or copied, and as a QR code for a phone. */
export function PortalAddress() {
  const t = useText();
  const { portalUrl, vendorName } = useApplication();
  const [isShown, setShown] = useState(false);
  const code = useId();
  if (portalUrl === null) return <p className="quiet">{t('portal.unknown', { vendor: vendorName })}</p>;
  return (
    <div className="portal">
      <div className="portal-row">
        <Globe className="portal-icon" size={18} aria-hidden />
        <div className="portal-words">
          <p className="portal-name">{t('portal.title')}</p>
          <p className="portal-address selectable">
            <bdi dir="ltr">{portalUrl}</bdi>
          </p>
        </div>
        <CopyButton text={portalUrl} label={t('portal.copy')} />
        <Button
          look="quiet"
          icon={<QrIcon size={15} aria-hidden />}
          aria-expanded={isShown}
          {...(isShown ? { 'aria-controls': code } : {})}
          onPress={() => setShown(!isShown)}
        >
          {t(isShown ? 'portal.hideCode' : 'portal.showCode')}
        </Button>
      </div>
      {isShown && (
        <div id={code} className="portal-code">
          <QrCode text={portalUrl} label={t('portal.codeLabel', { address: portalUrl })} />
        </div>
      )}
    </div>
  );
}
