import { ERRORS, type Failure } from '../../shared/errors.ts';
import { describeFailure, remedyLabel } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { useLanguage } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { CopyDetails } from './copy-details.tsx';

/** What helps after a failed activation beyond pressing the form's own button again; nothing where that is it. */
export function FailureRemedy({ failure }: { readonly failure: Failure }) {
  const language = useLanguage();
  const { links } = useApplication();
  const { show, openLink } = useApp((app) => app);
  const { remedy } = ERRORS[failure.code];
  switch (remedy) {
    case 'renew':
    case 'freeSeat': {
      const link = (['portal', 'website'] as const).find((candidate) => links.includes(candidate));
      if (link === undefined) return null;
      return <Button onPress={() => void openLink({ link })}>{remedyLabel(remedy, language)}</Button>;
    }
    case 'askAdministrator':
      return <CopyDetails trouble={{ ...failure, ...describeFailure(failure, language) }} />;
    case 'contactVendor':
    case 'contactSupport':
      return <Button onPress={() => show({ screen: 'help' })}>{remedyLabel(remedy, language)}</Button>;
    default:
      return null;
  }
}
