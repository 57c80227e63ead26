import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { DiagnosisReport } from '../../shared/support/report.ts';
import { systemCode } from '../support/read-text.ts';
import type { Context } from './command.ts';

/** Options of a command that can save a support bundle. */
export interface BundleChoice {
  readonly bundle?: string;
  readonly encrypt?: boolean;
  readonly plain?: boolean;
}

/** What was saved. */
export interface SavedBundle {
  readonly file: string;
  readonly encrypted: boolean;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly report: DiagnosisReport;
}

/** Errors: `usageInvalid` where there is no key to encrypt to, `fileNotSaved`, and those of the bundle service. */
export async function saveBundle(
  { services, ports }: Context,
  file: string,
  { encrypt = false, plain = false }: BundleChoice,
): Promise<Result<SavedBundle>> {
  const { bundle } = services.support;
  const made = await bundle.make();
  if (!made.ok) return made;
  const { id, canEncrypt, files, report } = made.value;
  if (encrypt && !canEncrypt) return err(failure('usageInvalid', { field: '--encrypt' }));
  const encrypted = canEncrypt && !plain;
  const packed = bundle.pack(id, encrypted);
  if (!packed.ok) return packed;
  try {
    await ports.writeFile(file, packed.value.bytes);
  } catch (error) {
    return err(failure('fileNotSaved', { system: systemCode(error) }));
  }
  return ok({ file, encrypted, files: files.map(({ name, bytes }) => ({ name, bytes })), report });
}
