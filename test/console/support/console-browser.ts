import { mkdir } from 'node:fs/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's; `CHROMIUM` names another. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Kept by CI. */
const screenshots = 'test-results/console';

/** A person's browser before the console of one API, with all that went wrong in its pages. */
export class ConsoleBrowser {
  /** Errors on the pages' consoles and requests that left the origin, in the order they came. */
  readonly faults: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
  ) {}

  static async open(url: string): Promise<ConsoleBrowser> {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const context = await browser.newContext({
      baseURL: url,
      locale: 'es-EC',
      timezoneId: 'America/Guayaquil',
      viewport: { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(40_000);
    const one = new ConsoleBrowser(browser, context, await context.newPage(), url);
    one.watch(one.page);
    return one;
  }

  /** Goes to an address of the console and waits until the screen has come with its data. */
  async visit(path: string, page = this.page): Promise<Page> {
    await page.goto(path);
    await this.settled(page);
    return page;
  }

  /** Waits until the screen has its heading and nothing is loading any more. */
  async settled(page = this.page): Promise<void> {
    await page.getByRole('heading', { level: 1 }).waitFor();
    const loading = page.getByRole('status', { name: /^(Cargando|Loading)$/ });
    // Several parts of a screen may load, each at its own pace.
    do await loading.first().waitFor({ state: 'hidden' });
    while ((await loading.count()) > 0);
  }

  /** Another tab of the same person; its faults are counted as well. */
  async secondTab(): Promise<Page> {
    const page = await this.context.newPage();
    this.watch(page);
    return page;
  }

  async keepScreenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  private watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.faults.push(`page: ${error.message}`));
    page.on('request', (request) => {
      const address = request.url();
      if (/^(data|blob|about):/.test(address) || address.startsWith(this.url)) return;
      if (address.startsWith(this.url.replace('http', 'ws'))) return;
      this.faults.push(`left the origin: ${address}`);
    });
  }
}
