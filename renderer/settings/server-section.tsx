import { useState } from 'react';
import type { RequestOf } from '../../shared/contract.ts';
import { Section } from '../components/section.tsx';
import { Segments } from '../components/segments.tsx';
import { useText } from '../strings/use-text.ts';
import { useApplication } from '../store/use-app.ts';
import { LocalServerForm } from './local-server-form.tsx';
import { ServerFacts } from './server-facts.tsx';
import { MoveDialog } from './move-dialog.tsx';
import './server.css';

const KINDS = ['cloud', 'local'] as const;

/** Where new activations are taken from; there only where the vendor allows another server than its own. */
export function ServerSection() {
  const t = useText();
  const { server } = useApplication();
  const [isEditing, setEditing] = useState(false);
  const [wish, setWish] = useState<RequestOf<'server.use'> | null>(null);
  if (!server.isLocalAllowed) return null;
  const shown = isEditing ? 'local' : server.kind;
  return (
    <Section title={t('server.title')} {...(server.isManaged ? { note: t('server.managed') } : {})}>
      <div className="card">
        <Segments
          className="setting setting-row"
          label={t('server.kind')}
          options={KINDS.map((id) => ({ id, name: t(`server.${id}`) }))}
          chosen={shown}
          isDisabled={server.isManaged}
          onChoose={(kind) => {
            setEditing(kind === 'local' && server.kind === 'cloud');
            if (kind === 'cloud' && server.kind === 'local') setWish({ kind: 'cloud' });
          }}
        />
        {isEditing && (
          <LocalServerForm known={server.url ?? ''} onUse={setWish} onCancel={() => setEditing(false)} />
        )}
      </div>
      {server.kind === 'local' && !isEditing && (
        <ServerFacts {...(server.isManaged ? {} : { onChange: () => setEditing(true) })} />
      )}
      <MoveDialog
        wish={wish}
        onClose={() => setWish(null)}
        onDone={() => {
          setWish(null);
          setEditing(false);
        }}
      />
    </Section>
  );
}
