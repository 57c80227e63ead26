import { useState } from 'react';
import { parseProxyText, type ProxyChoice } from '../../shared/proxy-choice.ts';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

interface ProxyFormProps {
  readonly kind: 'manual' | 'pac';
  /** The choice in force. */
  readonly proxy: ProxyChoice;
  readonly onDone: () => void;
}

/** The address of a proxy, or of the script that names one. It counts once it is applied. */
export function ProxyForm({ kind, proxy, onDone }: ProxyFormProps) {
  const t = useText();
  const changeSettings = useApp((app) => app.changeSettings);
  const known = proxy.kind === 'manual' ? proxy : { address: '', except: '' };
  const script = proxy.kind === 'pac' ? proxy.url : '';
  const [address, setAddress] = useState(kind === 'pac' ? script : known.address);
  const [except, setExcept] = useState(known.except);
  const [isWrong, setWrong] = useState(false);
  const isSame =
    kind === proxy.kind && address === (kind === 'pac' ? script : known.address) && except === known.except;
  const apply = async () => {
    const choice = parseProxyText(kind === 'pac' ? `pac:${address.trim()}` : address, except);
    // A word such as `none` is a choice of its own, but no address.
    setWrong(choice?.kind !== kind);
    if (choice?.kind !== kind) return;
    await changeSettings({ proxy: choice });
    onDone();
  };
  return (
    <form
      className="proxy-form"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <Field
        label={t(kind === 'pac' ? 'network.script' : 'network.address')}
        hint={t(kind === 'pac' ? 'network.scriptHint' : 'network.addressHint')}
        error={isWrong ? t(kind === 'pac' ? 'network.scriptWrong' : 'network.addressWrong') : null}
        name="proxy-address"
        kind="address"
        value={address}
        onChange={(text) => {
          setAddress(text);
          setWrong(false);
        }}
        maxLength={2000}
      />
      {kind === 'manual' && (
        <Field
          label={t('network.except')}
          hint={t('network.exceptHint')}
          name="proxy-except"
          kind="address"
          value={except}
          onChange={setExcept}
          maxLength={2000}
        />
      )}
      <div className="proxy-form-end">
        <Button look="primary" type="submit" isDisabled={isSame || address.trim() === ''}>
          {t('network.apply')}
        </Button>
      </div>
    </form>
  );
}
