import * as v from 'valibot';
import { BUNDLE_FILES, BUNDLE_LIMIT, manifestSchema } from '../../shared/support/bundle.ts';
import { keyOfSealedBundle } from '../../shared/support/sealed-bundle.ts';
import { reportSchema } from '../../shared/support/report.ts';
import { digestOf } from '../support/bundle/bundle-policy.ts';
import { unzipFiles, type TextFile } from '../support/bundle/zip.ts';

/** What a support bundle is and holds. It isn't signed, so only its own digests can be checked. */
export type InspectedBundle =
  | { readonly kind: 'support-bundle'; readonly decrypted: false; readonly encryptedTo: string }
  | {
      readonly kind: 'support-bundle';
      readonly decrypted: true;
      /** Every file is there, none beside, and each as the manifest says. */
      readonly intact: boolean;
      readonly madeAt: string;
      readonly application: { readonly name: string; readonly version: string };
      readonly files: readonly { readonly name: string; readonly bytes: number; readonly intact: boolean }[];
      readonly droppedLogLines: number;
      /** Codes of what was found, the main cause first; null where the report can't be read. */
      readonly verdict: readonly string[] | null;
    };

/** Looks into a support bundle; null for bytes that are none. Doesn't throw. */
export function inspectBundle(bytes: Uint8Array): InspectedBundle | null {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) {
    const kid = keyOfSealedBundle(new TextDecoder('latin1').decode(bytes));
    return kid === null ? null : { kind: 'support-bundle', decrypted: false, encryptedTo: kid };
  }
  const files = unzipFiles(bytes, BUNDLE_LIMIT);
  const manifest = parse(manifestSchema, files, BUNDLE_FILES.manifest);
  if (files === null || manifest === null) return null;
  const checked = manifest.files.map(({ name, bytes: size, sha256 }) => {
    const file = files.find((candidate) => candidate.name === name);
    return { name, bytes: size, intact: file !== undefined && digestOf(file.text) === sha256 };
  });
  const { madeAt, application, droppedLogLines } = manifest;
  return {
    kind: 'support-bundle',
    decrypted: true,
    intact: checked.every(({ intact }) => intact) && files.length === checked.length + 1,
    madeAt,
    application,
    files: checked,
    droppedLogLines,
    verdict: parse(reportSchema, files, BUNDLE_FILES.report)?.verdict.map(({ cause }) => cause.code) ?? null,
  };
}

function parse<T>(
  schema: v.GenericSchema<unknown, T>,
  files: readonly TextFile[] | null,
  name: string,
): T | null {
  try {
    const text = files?.find((file) => file.name === name)?.text ?? '';
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
