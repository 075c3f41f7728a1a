import { spawn } from 'node:child_process';

/** Programs that open an address as the person's system does, by platform. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
};

/** Opens an address in the person's browser. Where there is none nothing happens. */
export function openBrowser(address: string): void {
  const [program, ...parameters] = openers[process.platform] ?? [];
  if (!program) return;
  const browser = spawn(program, [...parameters, address], { detached: true, stdio: 'ignore' });
  browser.once('error', () => undefined);
  browser.unref();
}
