import type { DataSource } from 'typeorm';
import {
  type SandboxFaultInput,
  type SandboxFaultKind,
  type SandboxMessageDetail,
  type SandboxMessageView,
  type SandboxView,
  sandboxFaultKinds,
} from '#contracts/http/sandbox.dto.js';
import type { Channel } from '#domain/catalog/channels.js';
import { eventsOfMessages } from '#infrastructure/persistence/events-of-messages.js';
import {
  type KeptMessage,
  SandboxAway,
  type SandboxControl,
} from '#infrastructure/sandbox-control/sandbox-control.js';
import { type Caller, requireEveryTaller } from '../access/access.js';
import type { Window } from '../http/paging.js';
import { Problem } from '../http/problem.js';
import { markOf } from './message-mark.js';

/** The sandbox as the API shows it: each message with the event of ours that it tells of. */
export class SandboxWorld {
  /** @param control null where messages leave for real */
  constructor(
    private readonly dataSource: DataSource,
    private readonly control: SandboxControl | null,
  ) {}

  view(caller: Caller): Promise<SandboxView> {
    return this.talkingTo(caller, async (control) => {
      const [{ kept, arrived }, faults] = await Promise.all([control.state(), control.faults()]);
      const known = faults.flatMap(({ kind, channel, to = null, times = null }) =>
        isKnown(kind) ? [{ channel, kind, to, times }] : [],
      );
      return { kept, arrived, faults: known };
    });
  }

  messages(
    caller: Caller,
    filter: { channel?: Channel; to?: string; contains?: string },
    window: Window,
  ): Promise<{ count: number; rows: SandboxMessageView[] }> {
    return this.talkingTo(caller, async (control) => {
      const { count, rows } = await control.newest(filter, window);
      const events = await this.eventsOf(rows);
      return { count, rows: rows.map((row) => viewOf(row, events)) };
    });
  }

  message(caller: Caller, id: number): Promise<SandboxMessageDetail | undefined> {
    return this.talkingTo(caller, async (control) => {
      const message = await control.message(id);
      if (!message) return undefined;
      const { html, headers } = message;
      return { ...viewOf(message, await this.eventsOf([message])), html, headers };
    });
  }

  clear(caller: Caller): Promise<void> {
    return this.talkingTo(caller, (control) => control.clear());
  }

  async fail(
    caller: Caller,
    { channel, kind, to, times }: SandboxFaultInput,
  ): Promise<SandboxView> {
    await this.talkingTo(caller, (control) =>
      control.setFault({ channel, kind, ...(to && { to }), ...(times && { times }) }),
    );
    return this.view(caller);
  }

  repair(caller: Caller, channel: Channel | undefined): Promise<void> {
    return this.talkingTo(caller, (control) => control.clearFaults(channel));
  }

  private async talkingTo<T>(caller: Caller, talk: (control: SandboxControl) => Promise<T>) {
    requireEveryTaller(caller);
    if (!this.control) throw new Problem('not_found', { detail: 'There is no sandbox here.' });
    try {
      return await talk(this.control);
    } catch (error) {
      if (!(error instanceof SandboxAway)) throw error;
      throw new Problem('unavailable', { detail: error.message, headers: { 'retry-after': '5' } });
    }
  }

  private eventsOf(messages: readonly KeptMessage[]): Promise<Map<string, string>> {
    const marks = messages.flatMap((message) => markOf(message) ?? []);
    return eventsOfMessages(this.dataSource, {
      ids: marks.flatMap(({ ours, mark }) => (ours ? [mark] : [])),
      providerIds: marks.flatMap(({ ours, mark }) => (ours ? [] : [mark])),
    });
  }
}

function viewOf(message: KeptMessage, events: Map<string, string>): SandboxMessageView {
  const { html, headers: _headers, messageId: _id, click: _click, ...shown } = message;
  const mark = markOf(message)?.mark;
  const event = mark === undefined ? undefined : events.get(mark);
  return { ...shown, has_html: html !== null, event_id: event ?? null };
}

function isKnown(kind: string): kind is SandboxFaultKind {
  return sandboxFaultKinds.some((each) => each === kind);
}
