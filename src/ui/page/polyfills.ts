/**
 * What Chromium 86 lacks and the shared core uses. Built for that kernel, the compiler lowers syntax; this file adds the
 * few library calls. tests/ui looks through the bundle for others.
 */

/** Object.hasOwn came with Chromium 93. */
if (!Object.hasOwn) {
  Object.defineProperty(Object, 'hasOwn', {
    configurable: true,
    writable: true,
    value: (table: object, name: PropertyKey) => Object.getOwnPropertyDescriptor(table, name) !== undefined,
  });
}

/** Array.prototype.at came with Chromium 92. */
if (!Array.prototype.at) {
  Object.defineProperty(Array.prototype, 'at', {
    configurable: true,
    writable: true,
    value(this: unknown[], index: number) {
      return this[index < 0 ? this.length + index : index];
    },
  });
}
