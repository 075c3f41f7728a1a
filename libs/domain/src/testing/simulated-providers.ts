import type { Channel } from '../catalog/channels.js';
import { channels } from '../catalog/channels.js';
import type { AttemptOutcome } from '../delivery/attempt-outcome.js';
import type { LookUpResult, OutgoingMessage } from '../ports/channel-sender.js';
import { accepted, ScriptedSender } from './scripted-sender.js';
import type { Tape } from './tape.js';

const said = { code: 'some_code', detail: 'what was said' };
const outcomes: [AttemptOutcome, ...AttemptOutcome[]] = [
  accepted,
  { kind: 'transient', ...said },
  { kind: 'transient', ...said, retryAfterMs: 90_000 },
  { kind: 'rate_limited', ...said },
  { kind: 'rate_limited', ...said, retryAfterMs: 20_000 },
  { kind: 'permanent_recipient', ...said },
  { kind: 'permanent_message', ...said },
  { kind: 'misconfigured', ...said },
  { kind: 'unknown', ...said },
];

export class ProcessDied extends Error {}
/** The same one each time: to write down where each of a hundred thousand came from takes seconds. */
const death = new ProcessDied();

/**
 * Providers that take, refuse, lose answers, and see processes die or stand still in the middle of
 * a call, as a tape tells them. What they took they find again.
 */
export class SimulatedProviders {
  readonly senders: ReadonlyMap<Channel, ScriptedSender>;
  /** How often each message was asked to leave, and how often it did. */
  readonly asked = new Map<string, number>();
  readonly arrivals = new Map<string, number>();
  /** Lets a call go on that stands still. */
  private readonly frozen: (() => void)[] = [];
  /** Told when a call begins to stand still. */
  onFreeze: () => void = () => undefined;

  /** @param watch told of each call before it is answered */
  constructor(
    private readonly tape: Tape,
    private readonly watch: (message: OutgoingMessage) => void,
  ) {
    const sender = (channel: Channel) => {
      const one = new ScriptedSender(channel);
      one.answer = (message) => this.answer(message);
      one.find = (message) => this.find(message);
      return [channel, one] as const;
    };
    this.senders = new Map(channels.map(sender));
  }

  /** Lets the call go on that has stood still for the longest; false when none does. */
  thaw(): boolean {
    const goOn = this.frozen.shift();
    goOn?.();
    return goOn !== undefined;
  }

  private answer(message: OutgoingMessage): AttemptOutcome | Promise<AttemptOutcome> {
    this.watch(message);
    count(this.asked, message.messageId);
    const outcome = this.tape.oneIn(3) ? this.tape.pick(outcomes) : this.usual();
    const isTaken = outcome.kind === 'accepted' || (outcome.kind === 'unknown' && this.isLuck());
    if (isTaken) count(this.arrivals, message.messageId);
    if (this.tape.oneIn(25)) throw death;
    if (!this.tape.oneIn(30)) return outcome;
    this.onFreeze();
    return new Promise((resolve) => this.frozen.push(() => resolve(outcome)));
  }

  private usual(): AttemptOutcome {
    return this.tape.oneIn(2) ? { kind: 'transient', ...said } : accepted;
  }

  private isLuck(): boolean {
    return this.tape.oneIn(2);
  }

  private find({ messageId }: OutgoingMessage): LookUpResult {
    if (this.tape.oneIn(8)) return { found: 'cannot_tell', detail: 'no answer' };
    return this.arrivals.has(messageId)
      ? { found: 'yes', providerMessageId: null }
      : { found: 'no' };
  }
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}
