import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { DialogFrame } from '../components/ask-dialog.tsx';
import { useText } from '../strings/use-text.ts';
import type { Incoming, Place } from '../store/incoming.ts';
import type { View } from '../store/state.ts';
import { useApp } from '../store/use-app.ts';
import { ApplyQuestion, ElsewhereNote, FailedNote, PartsNote, useIncomingTitle } from './incoming-parts.tsx';

/** What was dropped, pasted or opened anywhere but in a zone: what it is, and the one thing to do with it. */
export function IncomingDialog() {
  const t = useText();
  const { incoming, place } = useApp((app) => app.intake);
  const view = useApp((app) => app.view);
  const putAway = useApp((app) => app.putAway);
  const title = useIncomingTitle(incoming);
  // What is read in a moment needs no box that comes and goes.
  const isOpen = !['none', 'reading'].includes(incoming.phase) && !isShownInZone(view, place);
  const isBusy = incoming.phase === 'applying';
  return (
    <DialogFrame role="dialog" title={title} isOpen={isOpen} isBusy={isBusy} onClose={putAway}>
      <Contents incoming={incoming} busy={<Busy words={t('bring.applying')} />} />
    </DialogFrame>
  );
}

function Contents({ incoming, busy }: { readonly incoming: Incoming; readonly busy: ReactNode }) {
  switch (incoming.phase) {
    case 'none':
    case 'reading':
      return null;
    case 'ask':
      return <ApplyQuestion token={incoming.token} />;
    case 'applying':
      return busy;
    case 'parts':
      return <PartsNote missing={incoming.missing} total={incoming.total} />;
    case 'elsewhere':
      return <ElsewhereNote kind={incoming.kind} />;
    case 'failed':
      return <FailedNote failure={incoming.failure} />;
  }
}

function Busy({ words }: { readonly words: string }) {
  return (
    <p className="zone-busy" role="status">
      <LoaderCircle className="spinner" size={16} aria-hidden />
      {words}
    </p>
  );
}

/** Whether the page with that zone is open: then it says there what became of it. */
function isShownInZone(view: View, place: Place): boolean {
  if (place === 'window') return false;
  if (view.screen === 'offline') return view.step === 'bring' && view.productId === place.zone;
  return view.screen === 'refreshFile' && view.productId === place.zone;
}
