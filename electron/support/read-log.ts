import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parseLogLine, rotatedFiles, type LogEntry } from './log-entries-policy.ts';

/** What can be read of a file from a place on; empty where it is not there. */
function readFrom(file: string, start: number): { readonly text: string; readonly inode: number } {
  try {
    const handle = openSync(file, 'r');
    try {
      const { size, ino } = fstatSync(handle);
      const bytes = Buffer.alloc(Math.max(0, size - start));
      const read = bytes.length === 0 ? 0 : readSync(handle, bytes, 0, bytes.length, start);
      return { text: bytes.toString('utf8', 0, read), inode: ino };
    } finally {
      closeSync(handle);
    }
  } catch {
    return { text: '', inode: 0 };
  }
}

const entriesOf = (text: string): LogEntry[] =>
  text.split('\n').flatMap((line) => {
    const entry = parseLogLine(line);
    return entry === null ? [] : [entry];
  });

/**
 * Reads a log: the first call gives every entry with what was rotated out, the oldest first; each further one the whole
 * lines that were written since. Never throws.
 */
export function logReader(file: string): () => readonly LogEntry[] {
  const [newestOld = file] = rotatedFiles(file).toReversed().slice(1);
  let last: { readonly inode: number; readonly at: number } | null = null;
  return () => {
    const before =
      last === null
        ? rotatedFiles(file)
            .slice(0, -1)
            .map((part) => readFrom(part, 0).text)
        : [];
    let present = readFrom(file, last?.at ?? 0);
    let start = last?.at ?? 0;
    if (last !== null && present.inode !== last.inode) {
      // The file was rotated out, with lines at its end that nobody has seen.
      before.push(readFrom(newestOld, last.inode === 0 ? 0 : last.at).text);
      present = readFrom(file, 0);
      start = 0;
    }
    const whole = present.text.slice(0, present.text.lastIndexOf('\n') + 1);
    last = { inode: present.inode, at: start + Buffer.byteLength(whole) };
    return entriesOf([...before, whole].join('\n'));
  };
}
