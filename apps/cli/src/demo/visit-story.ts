import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { EventDetail, MessageView, TimelineEntry } from '#contracts/http/events.dto.js';
import type { ApiClient } from '../terminal/api-client.js';
import {
  arrivedMessages,
  clearFaults,
  type SandboxFault,
  type SandboxMessage,
  setFaults,
} from '../terminal/sandbox-client.js';
import { dispatchOf, type VisitStep } from '../terminal/visit.js';
import { dispatch, rehearse, watchEvent } from '../terminal/watch-event.js';

/** What became of one phase of the visit. */
export interface Chapter {
  phase: string;
  eventId: string;
  /** In the order of the tries. */
  planned: string[];
  /** The channel that was made to fail, null in the phases where all is well. */
  broken: string | null;
  arrived: { channel: string; to: string; heading: string } | null;
  /** Null when it went as it should; else what did not. */
  wrong: string | null;
}

export interface Storyteller {
  planned(chapter: { phase: string; planned: string[]; broken: string | null }): void;
  entry(phase: string, entry: TimelineEntry): void;
}

const patienceMs = 60_000;
/** The sandbox's WhatsApp says soon that a message arrived, unless nobody told it where to. */
const receiptWithinMs = 5000;

/**
 * Sends one phase and follows it to the receiver. With `broken`, the first channel of the plan
 * fails meanwhile, and the notice is expected on the next one.
 */
export async function tellPhase(
  api: ApiClient,
  sandbox: string,
  step: VisitStep,
  broken: boolean,
  storyteller: Storyteller,
): Promise<Chapter> {
  const marker = (await arrivedMessages(sandbox, {})).at(-1)?.id ?? 0;
  const failing = broken ? await firstChannel(api, step) : null;
  if (failing) await setFaults(sandbox, failureOf(failing));
  try {
    const receipt = await dispatch(api, dispatchOf(step));
    const planned = receipt.notifications[0]?.channels ?? [];
    storyteller.planned({ phase: step.phase, planned, broken: failing });
    const event = await watchEvent(api, receipt.event_id, {
      timeoutMs: patienceMs,
      receiptWithinMs,
      onEntry: (entry) => storyteller.entry(step.phase, entry),
    });
    const arrival = await arrivalOf(event, sandbox, marker);
    return chapterOf({ step, receipt, planned, failing, event, arrival });
  } finally {
    if (failing) await clearFaults(sandbox, failing);
  }
}

/**
 * Out of order for one try, so that a retry is seen, and then a refusal, which is the message's own:
 * more failures of the provider's would make later demos meet an account that rests.
 */
function failureOf(channel: string): SandboxFault[] {
  return [
    { channel, kind: 'unavailable', times: 1 },
    { channel, kind: 'refuse_message' },
  ];
}

/** By a dry run, so that the fault is there before the message. */
async function firstChannel(api: ApiClient, step: VisitStep): Promise<string | null> {
  const plan = await rehearse(api, dispatchOf(step));
  return plan.notifications[0]?.channels[0] ?? null;
}

async function arrivalOf(
  event: EventDetail,
  sandbox: string,
  marker: number,
): Promise<SandboxMessage | null> {
  const message = succeeded(event);
  if (!message) return null;
  const arrived = await arrivedMessages(sandbox, {
    channel: message.channel,
    after: marker,
    wait: 5000,
  });
  const bare = (id: string | null) => id?.replace(/^<|>$/g, '') ?? '';
  const same = arrived.find(
    ({ messageId }) => messageId && bare(messageId) === bare(message.provider_message_id),
  );
  return same ?? arrived[0] ?? null;
}

function chapterOf(facts: {
  step: VisitStep;
  receipt: DispatchReceipt;
  planned: string[];
  failing: string | null;
  event: EventDetail;
  arrival: SandboxMessage | null;
}): Chapter {
  const { step, receipt, planned, failing, event, arrival } = facts;
  const expected = failing ? planned[1] : planned[0];
  const state = event.notifications[0]?.state ?? 'none';
  const attempts = event.notifications[0]?.messages[0]?.attempts ?? 0;
  let wrong: string | null = null;
  if (!succeeded(event)) wrong = `state ${state}`;
  else if (!arrival) wrong = 'nothing arrived';
  else if (arrival.channel !== expected) wrong = `arrived by ${arrival.channel}, not ${expected}`;
  else if (failing && attempts < 1) wrong = `${failing} was not tried`;
  return {
    phase: step.phase,
    eventId: receipt.event_id,
    planned,
    broken: failing,
    arrived: arrival && {
      channel: arrival.channel,
      to: arrival.to,
      heading: headingOf(arrival),
    },
    wrong,
  };
}

function succeeded(event: EventDetail): MessageView | undefined {
  return event.notifications[0]?.messages.find(({ state }) =>
    ['sent', 'delivered', 'read'].includes(state),
  );
}

function headingOf({ subject, title, text }: SandboxMessage): string {
  return subject ?? title ?? (text ?? '').split('\n')[0] ?? '';
}
