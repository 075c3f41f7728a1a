import { ApiClient } from '../../cli/src/terminal/api-client.js';
import { say } from '../../cli/src/terminal/say.js';
import { dispatchOf, visit } from '../../cli/src/terminal/visit.js';
import { dispatch, watchEvent } from '../../cli/src/terminal/watch-event.js';
import { isPlayground, type Standalone } from './run-standalone.js';
import type { Stages } from './stages.js';

/**
 * Sends some events the way a workshop system would, so that there is something to look at, and
 * waits for what became of them. Only where nobody real can be reached and no key is asked for.
 */
export async function sendDemoEvents(running: Standalone, stages: Stages): Promise<void> {
  if (!isPlayground(running)) return;
  const api = new ApiClient(running.apiUrl);
  await stages.run({
    work: async () => {
      const accepted = await Promise.all(visit.map((step) => dispatch(api, dispatchOf(step))));
      const ended = await Promise.all(
        accepted.map(({ event_id }) => watchEvent(api, event_id, { timeoutMs: 10_000 })),
      );
      return ended.flatMap(({ notifications }) => notifications);
    },
    told: (notifications) => {
      const arrived = notifications.filter(({ state }) =>
        ['sent', 'delivered', 'read'].includes(state),
      ).length;
      return say(
        `Avisos de muestra: ${arrived} de ${notifications.length} llegaron al sandbox`,
        `Sample notices: ${arrived} of ${notifications.length} reached the sandbox`,
      );
    },
  });
}
