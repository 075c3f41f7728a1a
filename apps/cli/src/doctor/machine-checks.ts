import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dataFolder } from '../terminal/instance.js';
import { say } from '../terminal/say.js';
import { check, type Finding } from './check.js';

const oldestNode = [20, 19] as const;
const enoughMegabytes = 500;

/** What the machine itself must offer. */
export async function checkMachine(): Promise<Finding[]> {
  return [
    await check(
      'Node',
      say('Instale Node ≥ 20.19: https://nodejs.org', 'Install Node ≥ 20.19'),
      () => {
        const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
        const old = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
        if (old) throw new Error(process.versions.node);
        return process.versions.node;
      },
    ),
    await check(
      say('Disco', 'Disk'),
      say(`Libere espacio: hacen falta ${enoughMegabytes} MB.`, `Free ${enoughMegabytes} MB.`),
      freeSpace,
    ),
  ];
}

async function freeSpace(): Promise<string> {
  const folder = existsSync(dataFolder()) ? dataFolder() : '.';
  const { bavail, bsize } = await statfs(folder);
  const megabytes = Math.floor((bavail * bsize) / 1_000_000);
  const detail = say(`${megabytes} MB libres`, `${megabytes} MB free`);
  if (megabytes < enoughMegabytes) throw new Error(detail);
  return detail;
}
