import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { makeEvent, strict } from '../../host/strict.ts';

describe('strict', () => {
  const thing = strict('thing', { known: 1, method: () => 'called' });

  it('gives what is there', () => {
    expect(thing.known).toBe(1);
    expect(thing.method()).toBe('called');
  });

  it('throws by name for what is not', () => {
    expect(() => (thing as unknown as { other: () => void }).other()).toThrow(
      'thing.other is not implemented',
    );
    expect(() => Object.assign(thing, { other: 1 })).toThrow('thing.other can not be set');
  });

  it('can be awaited and printed', async () => {
    expect(await Promise.resolve(thing)).toBe(thing);
    expect(JSON.stringify(thing)).toBe('{"known":1}');
  });

  it('keeps the methods of a class on their object', () => {
    const emitter = strict('emitter', new EventEmitter());
    const heard: unknown[] = [];
    emitter.on('x', (value) => heard.push(value));
    emitter.emit('x', 5);
    expect(heard).toEqual([5]);
  });
});

describe('makeEvent', () => {
  it('remembers that a listener forbade it', () => {
    const event = makeEvent({ url: 'x' });
    expect(event).toMatchObject({ url: 'x', defaultPrevented: false });
    event.preventDefault();
    expect(event.defaultPrevented).toBe(true);
  });
});
