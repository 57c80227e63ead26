/** Names that a runtime looks up on any object, to find out what it is. */
const ASKED_BY_RUNTIME = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', '$$typeof']);

/**
 * Makes everything that an object doesn't have throw instead of being undefined: a call of the application that this
 * host doesn't implement must fail loudly and by name, or the application would seem to work.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property) {
      if (typeof property === 'string' && !(property in object) && !ASKED_BY_RUNTIME.has(property)) {
        throw new Error(`${name}.${property} is not implemented by the Chromium host`);
      }
      const value: unknown = Reflect.get(object, property);
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
    set(object, property, value) {
      if (!(property in object)) {
        throw new Error(`${name}.${String(property)} can not be set in the Chromium host`);
      }
      return Reflect.set(object, property, value);
    },
  });
}

/** An event as Electron's are: a listener may forbid what is about to happen. */
export interface HostEvent {
  readonly preventDefault: () => void;
  defaultPrevented: boolean;
}

/** Makes an event with further members on it. */
export function makeEvent<T extends object>(members: T): HostEvent & T {
  const event = {
    ...members,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
