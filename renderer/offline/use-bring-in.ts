import { failure } from '../../shared/errors.ts';
import type { Place } from '../store/incoming.ts';
import { useApp } from '../store/use-app.ts';
import type { Carried } from './carried.ts';
import { readFiles } from './read-files.ts';

/** Takes in what was dropped, pasted or chosen. Files go before text: a dragged file has its path as text. */
export function useBringIn(place: Place): (carried: Carried) => void {
  const bringIn = useApp((app) => app.bringIn);
  return ({ files, text }) => {
    if (files.length === 0 && text.trim() === '') return;
    const brought =
      files.length > 0
        ? readFiles(files)
        : Promise.resolve({ texts: [text], failure: failure('tokenMalformed') });
    void bringIn(brought, place);
  };
}
