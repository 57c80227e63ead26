import type { HostToAllow } from '../../shared/hosts-to-allow.ts';
import type { Language } from '../../shared/settings.ts';

type Purpose = HostToAllow['purpose'];

interface Captions extends Readonly<Record<Purpose, string>> {
  readonly title: string;
  readonly neverInspected: string;
  readonly byBrowser: string;
}

const CAPTIONS: Readonly<Record<Language, Captions>> = {
  en: {
    title: 'Addresses to allow',
    licensing: 'license server',
    localServer: 'Local License Server',
    signIn: 'sign-in',
    portal: 'license portal',
    neverInspected: 'without inspection of the connection',
    byBrowser: 'opened in the browser',
  },
  de: {
    title: 'Freizugebende Adressen',
    licensing: 'Lizenzserver',
    localServer: 'lokaler Lizenzserver',
    signIn: 'Anmeldung',
    portal: 'Lizenzportal',
    neverInspected: 'ohne Überprüfung der Verbindung',
    byBrowser: 'wird im Browser geöffnet',
  },
  ar: {
    title: 'العناوين التي يجب السماح بها',
    licensing: 'خادم الترخيص',
    localServer: 'خادم الترخيص المحلي',
    signIn: 'تسجيل الدخول',
    portal: 'بوابة التراخيص',
    neverInspected: 'دون فحص الاتصال',
    byBrowser: 'يُفتح في المتصفح',
  },
};

/** What an administrator has to let through, a line for each address. */
export function hostLines(hosts: readonly HostToAllow[], language: Language): string {
  const captions = CAPTIONS[language];
  const lines = hosts.map(({ host, port, purpose, inspection }) => {
    const isForBrowser = purpose === 'signIn' || purpose === 'portal';
    const notes = [
      captions[purpose],
      ...(inspection === 'never' ? [captions.neverInspected] : []),
      ...(isForBrowser ? [captions.byBrowser] : []),
    ];
    return `  ${host}:${port}  ${notes.join(', ')}\n`;
  });
  return `${captions.title}\n${lines.join('')}`;
}
