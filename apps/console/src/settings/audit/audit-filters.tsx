import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTexts } from '../../text/language.js';
import type { SettingsSearch } from '../route.js';
import { settingsTexts } from '../settings.texts.js';
import { auditTexts, knownActions } from './audit.texts.js';

const resources = [
  'api_key',
  'channel_setting',
  'customer',
  'dead_letter',
  'dead_letters',
  'orchestration',
  'provider_account',
  'taller',
  'template',
];

/** What the trail is looked through for; it stands in the address bar. */
export function AuditFilters() {
  const all = useTexts(settingsTexts);
  const words = useTexts(auditTexts);
  const search = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const find = (more: Partial<SettingsSearch>) => {
    const { pagina: _page, ...kept } = search;
    void navigate({ search: { ...kept, ...more }, replace: true });
  };
  const choices = (codes: readonly string[], nameOf: (code: string) => string) => [
    { value: '', label: words.any },
    ...codes.map((value) => ({ value, label: nameOf(value) })),
  ];
  return (
    <Group align="flex-end">
      <TextInput
        label={all.search}
        type="search"
        value={search.busca ?? ''}
        onChange={({ currentTarget: { value } }) => find({ busca: value })}
      />
      <NativeSelect
        label={words.what}
        value={search.recurso ?? ''}
        data={choices(resources, words.resourceOf)}
        onChange={({ currentTarget: { value } }) => find({ recurso: value })}
      />
      <NativeSelect
        label={words.done}
        value={search.accion ?? ''}
        data={choices(knownActions, words.actionOf)}
        onChange={({ currentTarget: { value } }) => find({ accion: value })}
      />
      <TextInput
        type="date"
        label={words.since}
        value={search.desde ?? ''}
        onChange={({ currentTarget: { value } }) => find({ desde: value })}
      />
      <TextInput
        type="date"
        label={words.until}
        value={search.hasta ?? ''}
        onChange={({ currentTarget: { value } }) => find({ hasta: value })}
      />
    </Group>
  );
}
