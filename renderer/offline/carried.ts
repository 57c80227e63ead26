/** The files and the text of a drop or of a paste. */
export interface Carried {
  readonly files: readonly File[];
  readonly text: string;
}

export function carriedBy(transfer: DataTransfer | null): Carried {
  return { files: [...(transfer?.files ?? [])], text: transfer?.getData('text/plain') ?? '' };
}

/** Whether something is dragged that may be a token: what it says can only be read when it is dropped. */
export function mayCarryToken(transfer: DataTransfer | null): boolean {
  const types: readonly string[] = transfer?.types ?? [];
  return types.includes('Files') || types.includes('text/plain');
}

/** Whether a place takes text itself, so that a dragged or pasted text may be meant for it. */
export function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement || target.isContentEditable)
  );
}
