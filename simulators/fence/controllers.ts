/**
 * The two real families of fence hosts as algorithms. They learn bases, follow, confirm, alarm and clear in their own ways,
 * so that whoever listens to them is tried against what is really sold. They see readings only; they must not know the truth.
 */
export type { Controller, ControllerSigns } from './controller.ts';
export { type ControllerAOptions, controllerA } from './controller-a.ts';
export { type ControllerBOptions, controllerB } from './controller-b.ts';
