import { Package } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { useText } from '../strings/use-text.ts';
import { BundleDialog } from './bundle-dialog.tsx';

/** The way to the support bundle: everything in it is shown before anything is saved. */
export function SaveBundle() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Package size={15} aria-hidden />} onPress={() => setOpen(true)}>
        {t('bundle.open')}
      </Button>
      {isOpen && <BundleDialog onClose={() => setOpen(false)} />}
    </>
  );
}
