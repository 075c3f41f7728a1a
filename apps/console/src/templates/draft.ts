import type { TemplateInput, TemplatePatch, TemplateView } from '#contracts/client/types.gen.js';

export type Channel = TemplateView['channel'];
export type Target = TemplateView['target'];

/** The members of a template's text; a channel has some of them. */
export const members = ['subject', 'title', 'body', 'text', 'link'] as const;
export type Member = (typeof members)[number];

export const membersOf: Readonly<Record<Channel, readonly Member[]>> = {
  email: ['subject', 'body', 'text'],
  whatsapp: ['body'],
  push: ['title', 'body', 'link'],
};

/** What is written and not saved. An empty text stands for none. */
export interface Draft extends Record<Member, string> {
  name: string;
  is_active: boolean;
}

/** Where a template belongs. All but the channel could change; here none does once it is made. */
export interface Place {
  channel: Channel;
  target: Target;
  service_type_id: string;
  phase_id: string;
  /** Empty: every subtype. */
  subtype_id: string;
  /** Empty: every workshop. */
  taller_id: string;
  /** Empty: every event. */
  event_type: string;
}

export const emptyDraft: Draft = {
  name: '',
  is_active: true,
  subject: '',
  title: '',
  body: '',
  text: '',
  link: '',
};

/** @param of a template, or a version of one with the template's own name */
export function draftOf(
  of: Pick<TemplateView, Member> & Partial<Pick<TemplateView, 'name' | 'is_active'>>,
): Draft {
  return {
    name: of.name ?? '',
    is_active: of.is_active ?? true,
    subject: of.subject ?? '',
    title: of.title ?? '',
    body: of.body,
    text: of.text ?? '',
    link: of.link ?? '',
  };
}

export function isSame(one: Draft, other: Draft): boolean {
  return Object.entries(one).every(([name, value]) => Reflect.get(other, name) === value);
}

/** The channel's own members, as the API takes them. */
export function textOf(
  channel: Channel,
  draft: Draft,
): Partial<Record<Member, string | null>> & { body: string } {
  const own = membersOf[channel].map((member) => [
    member,
    draft[member] === '' ? null : draft[member],
  ]);
  return { ...Object.fromEntries(own), body: draft.body };
}

export function patchOf(channel: Channel, draft: Draft): TemplatePatch {
  return { name: draft.name, is_active: draft.is_active, ...textOf(channel, draft) };
}

export function inputOf(place: Place, draft: Draft): TemplateInput {
  return {
    channel: place.channel,
    target: place.target,
    service_type_id: place.service_type_id,
    phase_id: place.phase_id,
    subtype_id: place.subtype_id || null,
    taller_id: place.taller_id || null,
    event_type: place.event_type || null,
    name: draft.name,
    is_active: draft.is_active,
    ...textOf(place.channel, draft),
  };
}
