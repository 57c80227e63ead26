import { app, dialog } from 'electron';
import { ERRORS, type Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { resolveLanguage } from '../../shared/settings.ts';
import { systemLocale } from './installation.ts';

/** Says why on the screen, with the exact field, and ends the process with the error's own exit status. */
export function refuseToStart(error: Failure): void {
  const { sentence, nextAction } = describeFailure(error, resolveLanguage('system', systemLocale()));
  const field = error.facts?.field ?? '';
  // The sentence may name the field already.
  const parts = [sentence, sentence.includes(field) ? '' : field, nextAction];
  dialog.showErrorBox(app.getName(), parts.filter((part) => part !== '').join('\n\n'));
  app.exit(ERRORS[error.code].exit);
}
