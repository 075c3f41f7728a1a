import type { ConsoleBrowser } from './console-browser.js';

/** The browser itself notes an answer of 400 and above; a journey that leads to one expects that. */
export function forgetRefusals({ faults }: ConsoleBrowser, ...statuses: number[]): void {
  const isExpected = (fault: string) =>
    statuses.some((status) => fault.includes(`responded with a status of ${status} `));
  faults.splice(0, faults.length, ...faults.filter((fault) => !isExpected(fault)));
}
