import path from 'node:path';
import { dialog, type BaseWindow } from 'electron';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../ports.ts';
import { systemCode } from '../support/read-text.ts';
import { writeDurably } from '../support/write-durably.ts';

/**
 * Asks for a place and saves a file there. The window never learns more than the name of the file: a page that was
 * taken over must not learn where a user's files are.
 * @returns the name. Errors: `cancelled`, `fileNotSaved` with the system's code
 */
export async function saveFile(
  window: BaseWindow | null,
  file: { readonly name: string; readonly content: string | Uint8Array },
  log: Log,
): Promise<Result<{ readonly name: string }>> {
  const options = {
    defaultPath: file.name,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  } satisfies Parameters<typeof dialog.showSaveDialog>[0];
  const chosen =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  if (chosen.canceled || chosen.filePath === '') return err(failure('cancelled'));
  try {
    await writeDurably(chosen.filePath, file.content);
  } catch (error) {
    const system = systemCode(error);
    log.warn('A file could not be saved', { system });
    return err(failure('fileNotSaved', { system }));
  }
  return ok({ name: path.basename(chosen.filePath) });
}
