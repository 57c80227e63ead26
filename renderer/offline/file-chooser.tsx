import { useRef, type ReactNode } from 'react';

/**
 * The system's dialog to choose files, and what opens it. Any file may be chosen: what it is, its content decides.
 * @returns the input, to be put into the page, and what opens the dialog
 */
export function useFileChooser(onFiles: (files: readonly File[]) => void): {
  readonly input: ReactNode;
  readonly open: () => void;
} {
  const field = useRef<HTMLInputElement>(null);
  const input = (
    <input
      ref={field}
      type="file"
      multiple
      hidden
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        // The same file may be chosen again after it was mended.
        currentTarget.value = '';
        onFiles(files);
      }}
    />
  );
  return { input, open: () => field.current?.click() };
}
