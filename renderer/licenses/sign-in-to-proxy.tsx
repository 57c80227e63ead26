import { useState } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { ProxyDialog } from '../network/proxy-dialog.tsx';
import { useApp } from '../store/use-app.ts';

interface SignInToProxyProps {
  readonly license: LicenseView;
  /** Host and port; null where they are not known. */
  readonly proxy: string | null;
  readonly caption: string;
}

/** Asks for the login that a proxy wants, and does again what failed for want of it. */
export function SignInToProxy({ license, proxy, caption }: SignInToProxyProps) {
  const [isOpen, setOpen] = useState(false);
  const operate = useApp((app) => app.operate);
  const { actions, productId } = license;
  const again = (['refresh', 'pullState'] as const).find((kind) => actions.includes(kind));
  return (
    <>
      <Button onPress={() => setOpen(true)}>{caption}</Button>
      {isOpen && (
        <ProxyDialog
          proxy={proxy}
          onClose={(signedIn) => {
            setOpen(false);
            if (signedIn && again !== undefined) void operate(again, productId);
          }}
        />
      )}
    </>
  );
}
