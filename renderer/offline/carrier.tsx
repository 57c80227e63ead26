import { FileDown, QrCode as QrIcon, Text as TextIcon } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { TokenView } from '../../shared/offline.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { CarriedText } from './carried-text.tsx';
import { CodeSeries } from './code-series.tsx';
import { SaveFile } from './save-file.tsx';
import { useToken } from './use-token.ts';
import './carrier.css';

interface CarrierProps {
  readonly productId: string;
  readonly productName: string;
  readonly id: string;
}

/** A token for the portal in the three ways in which it can be carried there: as a file, as QR codes, as text. */
export function Carrier({ productId, productName, id }: CarrierProps) {
  const language = useLanguage();
  const token = useToken(productId, id);
  if (token === null) return <div className="carrier-waiting" aria-busy="true" />;
  if (!token.ok) return <Callout tone="bad" role="alert" {...describeFailure(token.error, language)} />;
  return <Ways key={id} token={token.value} productName={productName} />;
}

function Ways({ token, productName }: { readonly token: TokenView; readonly productName: string }) {
  const language = useLanguage();
  const t = useText();
  const what = t(token.kind === 'deactivation' ? 'carrier.what.deactivation' : 'carrier.what.request', {
    product: isolate(language, productName),
  });
  const ways = [
    { id: 'file', icon: FileDown, name: t('carrier.file') },
    { id: 'codes', icon: QrIcon, name: t('carrier.codes', { count: Math.max(1, token.codes.length) }) },
    { id: 'text', icon: TextIcon, name: t('carrier.text') },
  ] as const;
  return (
    <Tabs className="carrier">
      <TabList aria-label={t('carrier.label')} className="carrier-ways">
        {ways.map(({ id, icon: Icon, name }) => (
          <Tab key={id} id={id} className="carrier-way">
            <Icon size={15} aria-hidden />
            {name}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="file" className="carrier-panel">
        <SaveFile token={token} />
      </TabPanel>
      <TabPanel id="codes" className="carrier-panel">
        <CodeSeries codes={token.codes} what={what} />
      </TabPanel>
      <TabPanel id="text" className="carrier-panel">
        <CarriedText text={token.armored} />
      </TabPanel>
    </Tabs>
  );
}
