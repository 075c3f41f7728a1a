import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { emailLayout, fragmentMarker } from './email-layout.js';

/**
 * What stands before and after a template's own HTML in every e-mail.
 *
 * MJML takes 600 ms and 45 MB to load, during which an API would answer nobody. It does so in a
 * thread of its own, which ends with the compilation and gives the memory back.
 *
 * @throws Error where the layout does not compile, which is a fault of ours
 */
export async function compileLayout(): Promise<[before: string, after: string]> {
  const worker = new Worker(program, {
    eval: true,
    workerData: { mjml: import.meta.resolve('mjml'), layout: emailLayout },
  });
  const { html, faults } = await answerOf(worker);
  const [before, after, ...others] = html.replace(/\s*\n\s*/g, '\n').split(fragmentMarker);
  if (faults !== '' || before === undefined || after === undefined || others.length > 0) {
    throw new Error(`The e-mail layout does not compile: ${faults || 'its marker is lost'}`);
  }
  return [before, after];
}

interface Compiled {
  html: string;
  faults: string;
}

async function answerOf(worker: Worker): Promise<Compiled> {
  try {
    // `once` rejects with what the thread dies of.
    const [message] = await once(worker, 'message');
    return message;
  } finally {
    await worker.terminate();
  }
}

// As text rather than as a file, so that it runs from the build and from the sources alike.
// Without `fonts`, MJML would link web fonts from Google.
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.mjml).then(async ({ default: mjml2html }) => {
    const { html, errors } = await mjml2html(workerData.layout, {
      validationLevel: 'strict',
      fonts: {},
      keepComments: false,
    });
    const faults = errors.map(({ formattedMessage }) => formattedMessage).join('; ');
    parentPort.postMessage({ html, faults });
  });
`;
