import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';

// Takes the four pictures of README.md from a running demo: npm start, then npm run screenshots.
//
//   PORT=8000 CHROMIUM=/usr/bin/chromium node test/console/take-screenshots.mjs

const address = `http://127.0.0.1:${process.env.PORT ?? 8000}`;
const folder = 'docs/screenshots';
/** Small in bytes, and sharp enough where README.md shows them half as wide. */
const viewport = { width: 1280, height: 800 };

const pictures = [
  { name: 'panel', path: '/' },
  { name: 'notificaciones', path: '/notificaciones' },
  { name: 'matriz', path: '/matriz' },
  { name: 'plantillas', path: '/plantillas' },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  await mkdir(folder, { recursive: true });
  const context = await browser.newContext({
    baseURL: address,
    locale: 'es-EC',
    timezoneId: 'America/Guayaquil',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    viewport,
  });
  const page = await context.newPage();
  for (const { name, path } of pictures) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // Of several parts that come one by one, the last.
    const loading = page.getByRole('status', { name: 'Cargando' });
    while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'hidden' });
    await page.screenshot({ path: `${folder}/${name}.png` });
    process.stdout.write(`${folder}/${name}.png\n`);
  }
} finally {
  await browser.close();
}
