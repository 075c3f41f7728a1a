import type { AttentionView, ChannelHealthView } from '#contracts/client/types.gen.js';
import type { wordsTexts } from '../notifications/words.texts.js';
import type { panelTexts } from './panel.texts.js';

/** One thing to look at, in words, and where it is mended. */
export interface Task {
  key: string;
  text: string;
  more: string | null;
  /** A screen of ours, and what it is to show of it. */
  to: string;
  search?: Record<string, string>;
  action: string;
}

interface Language {
  words: Pick<
    typeof panelTexts.es,
    | 'accountSilent'
    | 'accountMisconfigured'
    | 'accountOpen'
    | 'accountHalfOpen'
    | 'waiting'
    | 'providerAway'
    | 'dead'
    | 'since'
    | 'causes'
    | 'cell'
    | 'more'
    | 'mend'
    | 'see'
    | 'write'
  >;
  names: Pick<typeof wordsTexts.es, 'channels' | 'targets'>;
  /** A provider's detail: our words in the reader's language, the provider's as they are. */
  tell(detail: string): string;
  formats: { number(value: number): string; ago(iso: string): string };
}

const channelSettings = { to: '/ajustes', search: { ver: 'canales' } };

/** Cells that are named; of more than that the number is told. */
const mostCells = 5;

/** What needs a hand, what stops most messages first. */
export function tasksOf(
  attention: AttentionView,
  channels: readonly ChannelHealthView[],
  language: Language,
): Task[] {
  return [
    ...attention.accounts.map((account) => accountTask(account, language)),
    ...awayTasks(attention, channels, language),
    ...attention.dead_letters.map((group) => deadLetterTask(group, language)),
    ...cellTasks(attention, language),
  ];
}

function accountTask(
  account: AttentionView['accounts'][number],
  { words, names, formats, tell }: Language,
): Task {
  const name = nameOf(account.channel, names);
  const isForSettings = account.silent || account.misconfigured;
  const say = account.silent
    ? words.accountSilent
    : account.misconfigured
      ? words.accountMisconfigured
      : account.state === 'open'
        ? words.accountOpen
        : words.accountHalfOpen;
  const waiting = account.waiting > 0 ? words.waiting(formats.number(account.waiting)) : null;
  const detail = account.silent
    ? null
    : account.last_error_detail && tell(account.last_error_detail);
  return {
    key: account.account,
    text: say(name),
    more: [waiting, detail].filter(Boolean).join(' · ') || null,
    ...(isForSettings ? channelSettings : { to: '/colas' }),
    action: isForSettings ? words.mend : words.see,
  };
}

/** Providers that do not answer, of whom no account has said so yet. */
function awayTasks(
  { accounts }: AttentionView,
  channels: readonly ChannelHealthView[],
  { words, names, tell }: Language,
): Task[] {
  return channels
    .filter(({ channel, provider }) => {
      const isTold = accounts.some((account) => account.channel === channel);
      return !provider.answers && !isTold;
    })
    .map(({ channel, provider }) => ({
      key: `away ${channel}`,
      text: words.providerAway(nameOf(channel, names)),
      more: tell(provider.detail),
      ...channelSettings,
      action: words.mend,
    }));
}

function deadLetterTask(
  { kind, cause, count, newest }: AttentionView['dead_letters'][number],
  { words, formats }: Language,
): Task {
  const causes: Record<string, string> = words.causes;
  return {
    key: `${kind} ${cause}`,
    text: `${words.dead(count, kind)}: ${causes[cause] ?? cause.replaceAll('_', ' ')}`,
    more: words.since(formats.ago(newest)),
    to: '/colas',
    search: { causa: cause, tipo: kind },
    action: words.see,
  };
}

function cellTasks(
  { cells_without_template: cells, cells_without_template_count: count }: AttentionView,
  { words, names }: Language,
): Task[] {
  const named = cells
    .slice(0, mostCells)
    .map(({ service_type, phase, channel, target, taller_id }) => ({
      key: [service_type.id, phase.id, channel, target, taller_id].join(' '),
      text: words.cell(
        service_type.name ?? service_type.id,
        phase.name ?? phase.id,
        names.channels[channel],
        names.targets[target].toLowerCase(),
      ),
      more: null,
      to: '/plantillas/nueva',
      search: {
        channel,
        target,
        service_type: service_type.slug ?? service_type.id,
        phase: phase.slug ?? phase.id,
        ...(taller_id !== null && { taller: taller_id }),
      },
      action: words.write,
    }));
  const left = count - named.length;
  if (left <= 0) return named;
  return [
    ...named,
    {
      key: 'more cells',
      text: words.more(left),
      more: null,
      to: '/plantillas/cobertura',
      action: words.see,
    },
  ];
}

function nameOf(channel: string, names: Language['names']): string {
  const known: Record<string, string> = names.channels;
  return known[channel] ?? channel;
}
