/** What the document groups its operations by, in the order in which it shows them. */
export const tags: readonly (readonly [name: string, description: string])[] = [
  [
    'events',
    'What happens to vehicles. An event that is accepted is delivered, or ends with a recorded reason; its timeline tells every step.',
  ],
  ['catalog', 'All that an event may name, in one answer.'],
  [
    'templates',
    'What people read, with `{{Variables}}`, for each service, phase, channel and target. Every save keeps the former version.',
  ],
  [
    'orchestration',
    'Which channels tell of which phase of which service, and in what order: the phase × channel matrix.',
  ],
  ['customers', 'Those who are told, how they want to be told, and what a person may ask of us.'],
  ['vehicles', 'What customers bring, and what the odometers showed.'],
  ['reminders', 'What is due for a vehicle, by a day or by kilometres.'],
  ['push', 'Browsers that take notices (Web Push).'],
  ['talleres', 'The workshops: time zone, country, when they remind.'],
  [
    'channel settings',
    "A workshop's own mail server and WhatsApp line. Secrets are written, never read back.",
  ],
  ['staff', 'The workshop’s own people, and which phases they follow.'],
  ['analytics', 'What became of the messages, counted as it happens.'],
  [
    'inbox',
    'What staff are told in the console: read as a list, or as it comes, over a stream that misses nothing.',
  ],
  ['dead letters', 'What failed for good: looked at, grouped by cause, and replayed.'],
  [
    'provider accounts',
    'The ways out: mail servers, WhatsApp numbers, push services. Which one fails, since when, and how many messages wait for it.',
  ],
  ['session', 'Who is signed in to the console.'],
  ['queues', 'How much waits on each way out, since when, and who works on it.'],
  ['schedules', 'What is done by the clock, when next, and how it went last.'],
  ['sandbox', 'The world outside as development has it: what arrived, and how it fails.'],
  ['API keys', 'Who may call, and for what. Keys are kept as hashes, expire, rotate and end.'],
  ['audit', 'Who changed which setting, template or matrix cell, from what to what.'],
  ['internal', 'For the core system alone, behind `X-Internal-Secret`.'],
  ['webhooks', 'What providers and browsers tell us of messages that were sent.'],
  ['health', 'For probes and for whoever is on duty.'],
  ['service', 'What answers here.'],
];
